import { act, type Meaning, type PeopleStep } from "#src/card/act.ts";
import type { Act, Block, Card } from "#src/card/card.ts";
import { PEOPLE } from "#src/domain/files.ts";
import { dayNumber } from "#src/domain/time.ts";
import { nameIn, type Person, type PersonId } from "#src/domain/person.ts";
import type { PeopleEdit } from "#src/ports/file-desk.ts";
import type { Said } from "#src/flows/said.ts";
import { listedAs } from "#src/flows/named.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { shortened } from "../named.ts";
import { headed, notice } from "../notice.ts";
import { refused, shown, type Handled } from "../responses.ts";
import { differenceShown } from "./decided.ts";
import { rolesText, rotationsText } from "./file-parts.ts";
import { waiting } from "./given.ts";
import { whoseAnswered } from "./whose-account.ts";

type Step = Extract<Meaning, { verb: "people" }> & { readonly step: Exclude<PeopleStep, "send"> };

const tap = (step: Step["step"], person: PersonId | undefined, value = ""): Act =>
  act({ verb: "people", step, person, value });

/** "people", "people Novak", 「名簿」, 「名簿 田中」: whom it is about, "" for all; undefined for any other text. */
export function peopleAsked(text: string): string | undefined {
  const found = /^(?:people|名簿)(?:[ :、]+(?<name>\S.{0,60}))?$/iu.exec(text.normalize("NFKC").trim());
  return found === null ? undefined : (found.groups?.["name"] ?? "");
}

/** So many stand on a card. */
const SHOWN = 60;
/** What somebody may be, as people.csv has it. */
const ROLES = [
  "resident",
  "attending",
  "coordinator",
  "resident+attending",
  "attending+coordinator",
] as const;

/** The list of people, or one of them, for a coordinator. */
export function peopleCard({ context, words }: Pick<Said, "context" | "words">, name: string): Card {
  const { people: say } = words.say;
  if (name === "") return everybody(context, words);
  const [one, ...others] = listedAs(context, name);
  if (one === undefined) return headed(everybody(context, words), words.say.why.whom(name));
  if (others.length > 0)
    return notice(words, words.say.why.which(words.format.list([one, ...others].map((is) => is.name))));
  return {
    locale: words.locale,
    notification: say.about(nameIn(words.locale, one)),
    blocks: [
      { type: "title", text: say.about(nameIn(words.locale, one)) },
      ...(context.keptOut.includes(one)
        ? [{ type: "text", text: say.keptOut(one.id), tone: "strong" } satisfies Block]
        : []),
      {
        type: "facts",
        rows: [
          { label: say.roles, value: rolesText(words, one.roles.join("+")) },
          { label: say.email, value: one.email ?? say.none },
          ...(one.roles.includes("resident")
            ? [{ label: say.rotation, value: rotationsText(words, one.rotations ?? []) }]
            : []),
        ],
      },
      {
        type: "question",
        text: say.whichRoles,
        choices: ROLES.map((roles) => ({
          label: rolesText(words, roles),
          act: tap("role", one.id, roles),
          ...(roles === one.roles.join("+") ? { chosen: true } : {}),
        })),
      },
      ...rotationBlocks(context, words, one),
      input(words, say.newEmail, "email", one.id, one.email ?? ""),
      input(words, say.newName, "name", one.id, one.name),
      {
        type: "actions",
        actions: [
          {
            label: say.end,
            act: tap("end", one.id),
            style: "danger",
            confirm: { text: words.say.files.notErased, yes: say.end, no: words.say.buttons.cancel },
          },
        ],
      },
    ],
  };
}

/** So many rotations are offered: those that are not over, the soonest first. */
const ROTATIONS = 12;

/** Which rotations are a resident's: a tap adds one or takes it away. By its place and first day, since names may be long. */
function rotationBlocks({ program, zone, now }: Context, words: Words, one: Person): readonly Block[] {
  if (!one.roles.includes("resident")) return [];
  const today = zone.dayOf(now);
  const open = program.rotations
    .map((rotation, at) => ({ rotation, value: `${at} ${rotation.from}` }))
    .filter(({ rotation }) => dayNumber(rotation.to) >= today)
    .toSorted((a, b) => dayNumber(a.rotation.from) - dayNumber(b.rotation.from))
    .slice(0, ROTATIONS);
  const { rotations = [] } = one;
  return [
    {
      type: "question",
      text: words.say.people.whichRotation,
      choices: [
        ...open.map(({ rotation: { name }, value }) => ({
          label: name,
          act: tap("rotation", one.id, value),
          ...(rotations.includes(name) ? { chosen: true } : {}),
        })),
        {
          label: words.say.people.asProgram,
          act: tap("rotation", one.id),
          ...(rotations.length === 0 ? { chosen: true } : {}),
        },
      ],
    },
  ];
}

/** A cell of rotations with the one that was tapped, or without it; undefined where there is no such rotation any more. */
function rotationCell(
  { program, person, keptOut }: Context,
  id: PersonId,
  value: string,
): string | undefined {
  if (value === "") return "";
  const [at, from] = value.split(" ");
  const rotation = program.rotations[Number(at)];
  if (rotation === undefined || rotation.from !== from) return undefined;
  const { rotations: before = [] } = person(id) ?? keptOut.find((one) => one.id === id) ?? {};
  const is = before.includes(rotation.name)
    ? before.filter((name) => name !== rotation.name)
    : [...before, rotation.name];
  return is.join(" + ");
}

function input(
  words: Words,
  text: string,
  step: "name" | "email" | "add",
  person: PersonId | undefined,
  value: string,
): Block {
  const { people: say, buttons } = words.say;
  return {
    type: "input",
    text,
    name: "line",
    ...(value === "" ? {} : { value }),
    ...(step === "add" ? { placeholder: say.example } : {}),
    maximum: 200,
    submit: { label: buttons.save, act: tap(step, person) },
  };
}

function everybody({ program, keptOut }: Context, words: Words): Card {
  const { people: say } = words.say;
  const out = keptOut.map((one) => words.say.files.under(nameIn(words.locale, one), one.id, ""));
  const lines = program.people.map((one) =>
    words.say.labelled(nameIn(words.locale, one), rolesText(words, one.roles.join("+"))),
  );
  return {
    locale: words.locale,
    notification: say.title,
    blocks: [
      { type: "title", text: say.title, note: words.program },
      { type: "text", text: shortened(words, lines, SHOWN).join("\n") },
      ...(out.length === 0
        ? []
        : [
            {
              type: "text",
              text: words.say.labelled(say.areKeptOut, words.format.list(shortened(words, out, SHOWN))),
              tone: "strong",
            } satisfies Block,
          ]),
      { type: "text", text: say.hint, tone: "quiet" },
      input(words, say.add, "add", undefined, ""),
    ],
  };
}

/** One change of the list of people: it is shown as a difference, and counts once it is applied. */
export async function peopleChanged(said: Said, { step, person, value }: Step): Promise<Handled> {
  const { context, words, inbound } = said;
  const { files: desk } = context;
  if (!said.person.roles.includes("coordinator") || desk === undefined)
    return refused("not-yours", words.say.files.notYours);
  if (step === "whose") return whoseAnswered(said, desk, person, value);
  const typed = inbound.type === "submitted" ? (inbound.values["line"] ?? "").trim() : value;
  const cell = step === "rotation" && person !== undefined ? rotationCell(context, person, value) : typed;
  if (cell === undefined) return refused("not-understood", words.say.people.gone);
  const edit = step === "add" ? added(words, cell) : person && editOf(step, person, cell);
  if (edit === undefined) return refused("not-understood", words.say.people.notUnderstood);
  const file = await desk.editPeople(edit);
  if (file === undefined) return refused("not-understood", words.say.people.gone);
  const fingerprint = desk.fingerprint(file.bytes);
  if (await desk.isInForce(PEOPLE, fingerprint)) return shown(notice(words, words.say.files.nothing));
  const id = await waiting(said, desk, PEOPLE, { name: file.name, fingerprint }, file);
  return differenceShown(said, id, false);
}

const editOf = (
  step: "name" | "role" | "email" | "rotation" | "end",
  person: Person["id"],
  value: string,
): PeopleEdit => (step === "end" ? { kind: "end", person } : { kind: "set", person, field: step, value });

/** "Lea Novak, resident, lea@example.org", in either language; e-mail and rotation may be missing. */
function added({ say }: Words, line: string): PeopleEdit | undefined {
  const [name = "", role = "", email = "", rotation = ""] = line.split(/[,、，]/u).map((part) => part.trim());
  const known = Object.entries(say.people.role).flatMap(([is, called]) => [
    [is.toLowerCase(), is],
    [called.toLowerCase(), is],
  ]);
  const roles = role
    .toLowerCase()
    .split(/[+＋]/u)
    .map((one) => known.find(([called]) => called === one.trim())?.[1]);
  if (name === "" || roles.some((one) => one === undefined)) return undefined;
  return { kind: "add", name, roles: roles.join("+"), email, rotation };
}
