import { parse } from "csv-parse/sync";

/*
 * What REDCap says of the two files that it takes, as its help and its public descriptions have it (the data dictionary's 18 columns; names
 * of fields; choices; validation; repeating instruments in an import). It is no REDCap: what only a server knows is not held here.
 */

const HEADERS =
  '"Variable / Field Name","Form Name","Section Header","Field Type","Field Label","Choices, Calculations, OR Slider Labels","Field Note","Text Validation Type OR Show Slider Number","Text Validation Min","Text Validation Max",Identifier?,"Branching Logic (Show field only if...)","Required Field?","Custom Alignment","Question Number (surveys only)","Matrix Group Name","Matrix Ranking?","Field Annotation"';

const TYPES = [
  "text",
  "notes",
  "calc",
  "dropdown",
  "radio",
  "checkbox",
  "yesno",
  "truefalse",
  "file",
  "slider",
  "descriptive",
];
const WITH_CHOICES = ["dropdown", "radio", "checkbox"];
const VALIDATIONS = ["", "integer", "number", "date_ymd", "email", "phone", "time", "zipcode"];
const NAME = /^[a-z][a-z0-9_]{0,25}$/u;
const RESERVED = [
  "redcap_event_name",
  "redcap_repeat_instrument",
  "redcap_repeat_instance",
  "redcap_data_access_group",
];

interface Field {
  readonly name: string;
  readonly form: string;
  readonly type: string;
  readonly choices: readonly string[];
  readonly validation: string;
  readonly minimum: number;
  readonly maximum: number;
}

const rowsOf = (csv: string): string[][] => parse(csv);

/** Everything that REDCap would refuse about a dictionary and the data for it. */
export function redcapProblems(dictionary: string, data: string): readonly string[] {
  const problems: string[] = [];
  const [header = [], ...rows] = rowsOf(dictionary);
  if (JSON.stringify(header) !== JSON.stringify(rowsOf(HEADERS)[0]))
    problems.push("headers are not REDCap's 18");
  const fields = rows.map((row): Field => {
    const [
      name = "",
      form = "",
      ,
      type = "",
      label = "",
      choices = "",
      ,
      validation = "",
      least = "",
      most = "",
    ] = row;
    if (row.length !== 18) problems.push(`${name}: ${row.length} columns`);
    if (!NAME.test(name) || name.endsWith("_") || name.includes("__"))
      problems.push(`${name}: no name of a field`);
    if (RESERVED.includes(name)) problems.push(`${name}: reserved`);
    if (!/^[a-z][a-z0-9_]{0,49}$/u.test(form)) problems.push(`${form}: no name of a form`);
    if (!TYPES.includes(type)) problems.push(`${name}: no type ${type}`);
    if (label === "") problems.push(`${name}: no label`);
    if (!VALIDATIONS.includes(validation)) problems.push(`${name}: no validation ${validation}`);
    if (validation !== "" && type !== "text") problems.push(`${name}: only text is validated`);
    if (WITH_CHOICES.includes(type) !== (choices !== ""))
      problems.push(`${name}: choices belong to a choice`);
    return {
      name,
      form,
      type,
      choices: choices === "" ? [] : choices.split("|").map((one) => codeOf(one, name, problems)),
      validation,
      minimum: least === "" ? -Infinity : Number(least),
      maximum: most === "" ? Infinity : Number(most),
    };
  });
  const names = fields.map(({ name }) => name);
  if (new Set(names).size < names.length) problems.push("a field stands twice");
  if (fields[0]?.type !== "text") problems.push("the first field is the record's id, and a text");
  const forms = fields.map(({ form }) => form).filter((form, at, all) => form !== all[at - 1]);
  if (new Set(forms).size < forms.length) problems.push("a form's fields do not stand together");
  return [...problems, ...dataProblems(fields, data)];
}

function codeOf(choice: string, name: string, problems: string[]): string {
  const [, code = "", label = ""] = /^\s*([A-Za-z0-9._]+)\s*,\s*(.+?)\s*$/u.exec(choice) ?? [];
  if (code === "" || label === "") problems.push(`${name}: no choice “${choice}”`);
  return code;
}

function dataProblems(fields: readonly Field[], data: string): readonly string[] {
  const problems: string[] = [];
  const [columns = [], ...rows] = rowsOf(data);
  const byName = new Map(fields.map((field) => [field.name, field]));
  const [id, instrument, instance] = columns;
  if (id !== fields[0]?.name) problems.push("the first column is the record's id");
  if (instrument !== "redcap_repeat_instrument" || instance !== "redcap_repeat_instance")
    problems.push("the columns for repeated instruments are missing");
  const seen = new Set<string>();
  for (const [at, row] of rows.entries()) {
    const [record = "", form = "", number = ""] = row;
    const line = `line ${at + 2}`;
    if (record === "") problems.push(`${line}: no record`);
    if (seen.has(`${record} ${form} ${number}`)) problems.push(`${line}: stands twice`);
    seen.add(`${record} ${form} ${number}`);
    if ((form === "") !== (number === "") || !/^(?:[1-9]\d*)?$/u.test(number))
      problems.push(`${line}: no instance`);
    for (const [place, value] of row.entries()) {
      const field = byName.get(columns[place] ?? "");
      if (place < 3 || value === "") continue;
      if (field === undefined) problems.push(`${line}: no field ${columns[place]}`);
      else
        problems.push(
          ...valueProblems(field, value, form === "" ? fields[0]!.form : form).map(
            (one) => `${line}: ${one}`,
          ),
        );
    }
  }
  return problems;
}

function valueProblems(field: Field, value: string, form: string): readonly string[] {
  const { name, choices, validation, minimum, maximum } = field;
  const number = Number(value);
  return [
    ...(field.form === form ? [] : [`${name} is no field of ${form}`]),
    ...(choices.length === 0 || choices.includes(value) ? [] : [`${name} has no choice ${value}`]),
    ...(validation === "integer" && !/^-?\d+$/u.test(value) ? [`${name}: ${value} is no whole number`] : []),
    ...(validation === "number" && !/^-?\d+(?:\.\d+)?$/u.test(value)
      ? [`${name}: ${value} is no number`]
      : []),
    ...(validation !== "" && (number < minimum || number > maximum)
      ? [`${name}: ${value} is out of bounds`]
      : []),
  ];
}
