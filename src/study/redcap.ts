import { csvOf } from "./csv.ts";
import type { StudyItem } from "./rows.ts";
import { factsOf, STUDY_ITEMS, wordingOf } from "./items.ts";
import type { LongRow } from "./long-file.ts";

/** The headers of a REDCap data dictionary, in the order that REDCap wants. */
const HEADERS = [
  "Variable / Field Name",
  "Form Name",
  "Section Header",
  "Field Type",
  "Field Label",
  "Choices, Calculations, OR Slider Labels",
  "Field Note",
  "Text Validation Type OR Show Slider Number",
  "Text Validation Min",
  "Text Validation Max",
  "Identifier?",
  "Branching Logic (Show field only if...)",
  "Required Field?",
  "Custom Alignment",
  "Question Number (surveys only)",
  "Matrix Group Name",
  "Matrix Ranking?",
  "Field Annotation",
];

interface Field {
  readonly name: string;
  readonly form: string;
  readonly type: "text" | "radio";
  readonly label: string;
  readonly choices?: string;
  readonly note?: string;
  readonly validation?: "integer" | "number";
  readonly minimum?: number;
  readonly maximum?: number;
}

const DYAD = "dyad";
/** A form that repeats for each occasion of a pair. */
const FORMS = { shift: "shift", "check-in": "check_in" } as const;

const nameOf = (item: StudyItem): string => item.replaceAll("-", "_");

/** "1, Attending leads | 2, …": a bar would end a choice. */
const choices = (answers: readonly string[]): string =>
  answers.map((answer, at) => `${at + 1}, ${answer.replaceAll("|", "/")}`).join(" | ");

/** The data dictionary of a new project: one record a pair, one repeated instrument for shifts and one for check-ins. */
export function redcapDictionary(): string {
  const rows = fields().map((field) => [
    field.name,
    field.form,
    "",
    field.type,
    field.label,
    field.choices ?? "",
    field.note ?? "",
    field.validation ?? "",
    field.minimum ?? "",
    field.maximum ?? "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
  ]);
  return csvOf(HEADERS, rows);
}

function fields(): readonly Field[] {
  const text = (name: string, form: string, label: string): Field => ({ name, form, type: "text", label });
  return [
    text("record_id", DYAD, "Pair (random, of this file alone)"),
    text("resident", DYAD, "Resident (random)"),
    text("attending", DYAD, "Attending (random)"),
    ...fieldsOf("shift"),
    ...fieldsOf("check-in"),
  ];
}

function fieldsOf(form: keyof typeof FORMS): readonly Field[] {
  const name = FORMS[form];
  const own = STUDY_ITEMS.filter((item) => factsOf(item).form === form);
  return [
    { name: `${name}_occasion`, form: name, type: "text", label: "Occasion (random)" },
    { name: `${name}_rotation`, form: name, type: "text", label: "Rotation (random)" },
    {
      name: `${name}_week`,
      form: name,
      type: "text",
      label: "Week of the rotation",
      validation: "integer",
      minimum: 1,
    },
    ...own.flatMap((item) => sides(item, name)),
    ...(form === "shift"
      ? [...settledFields(name), number("happened_mean", name, "Help that happened, mean of both", 1, 4)]
      : []),
    number(
      `${name}_outcome`,
      name,
      "Goal worked on: 1 yes, 0.5 partly, 0 no chance or changed, as the resident said",
      0,
      1,
    ),
  ];
}

const number = (name: string, form: string, label: string, minimum: number, maximum: number): Field => ({
  name,
  form,
  type: "text",
  label,
  validation: "number",
  minimum,
  maximum,
});

function sides(item: StudyItem, form: string): readonly Field[] {
  const wording = wordingOf(item, "en");
  const japanese = wordingOf(item, "ja");
  return (["resident", "attending"] as const).map((side) => ({
    name: `${nameOf(item)}_${side === "resident" ? "r" : "a"}`,
    form,
    type: "radio",
    label: `${side === "resident" ? "Resident" : "Attending"}: ${wording[side]}`,
    choices: choices(wording.answers),
    note: japanese[side],
  }));
}

const SETTLEABLE = ["help", "call", "feedback"] as const;

const settledFields = (form: string): readonly Field[] =>
  SETTLEABLE.map((item) => ({
    name: `${nameOf(item)}_settled`,
    form,
    type: "radio",
    label: `Settled on: ${item}`,
    choices: choices(wordingOf(item, "en").answers),
  }));

/** The data for that project: first each pair, then its occasions as instances of the two instruments. */
export function redcapImport(rows: readonly LongRow[]): string {
  const names = fields().map(({ name }) => name);
  const [id = "", ...others] = names;
  const columns = [id, "redcap_repeat_instrument", "redcap_repeat_instance", ...others];
  const lines: Record<string, string | number>[] = [];
  for (const [dyad, own] of Map.groupBy(rows, (row) => row.dyad)) {
    const { resident, attending } = own[0]!;
    lines.push({ [id]: dyad, resident, attending });
    for (const form of ["shift", "check-in"] as const) {
      const occasions = Map.groupBy(
        own.filter((row) => row.form === form),
        (row) => row.occasion,
      );
      for (const [instance, here] of [...occasions.values()].entries())
        lines.push({
          [id]: dyad,
          redcap_repeat_instrument: FORMS[form],
          redcap_repeat_instance: instance + 1,
          ...instanceOf(FORMS[form], here),
        });
    }
  }
  return csvOf(
    columns,
    lines.map((line) => columns.map((column) => line[column] ?? "")),
  );
}

function instanceOf(form: string, here: readonly LongRow[]): Record<string, string | number> {
  const { occasion, rotation, week_no } = here[0]!;
  const values: Record<string, string | number> = {
    [`${form}_occasion`]: occasion,
    [`${form}_rotation`]: rotation,
    [`${form}_week`]: week_no,
  };
  for (const { item, x_resident, y_attending, settled, happened, outcome } of here) {
    values[`${nameOf(item)}_r`] = x_resident;
    values[`${nameOf(item)}_a`] = y_attending;
    if (settled !== null) values[`${nameOf(item)}_settled`] = settled;
    if (happened !== null) values["happened_mean"] = happened;
    if (outcome !== null) values[`${form}_outcome`] = outcome;
  }
  return values;
}
