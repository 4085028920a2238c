import type { PersonId } from "#src/domain/person.ts";
import { sayer } from "../../text/dialect.ts";
import { actingReader } from "../../text/duties/acting.ts";
import { awayReader, givenAway, notSure, saysTakenBack, takenBack } from "../../text/duties/away.ts";
import { saysDutyToo, saysLeave } from "../../text/duties/leave.ts";
import { changeReader } from "../../text/duties/noted.ts";
import { openLedger } from "../../text/ledger.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { ReadingContext, RosterEntry, RosterReader, RosterText } from "../../text/reader.ts";
import type { Wrong } from "../../text/tables/row-times.ts";
import { namesNobody, unclear } from "../../text/people/named.ts";
import { namesAnother } from "../../text/people/whose.ts";
import { whoIsWho, type WhoIsWho } from "../../text/people/who.ts";
import { hoursReader, otherHours } from "../../text/duties/spoken-hours.ts";
import { timesOfEntry, type EntryTimes } from "./times.ts";

/** One entry of QGenda's schedule, as its interface (version 2) has it; what is missing or null is "" or undefined. */
interface Entry {
  readonly text: (name: string) => string;
  readonly flag: (name: string) => boolean | undefined;
}

/**
 * The schedule that QGenda's interface answers with: a list of entries (JSON). Who works is said by e-mail and name together, when
 * by its clock and UTC together, and whether it is duty by the task's type and name together. What is deleted or not
 * published yet is passed over.
 */
export const qgenda: RosterReader = (source, context) => {
  const given = entriesIn(source.text);
  if (given === undefined) return { entries: [], notUnderstood: [noSchedule(source.file)], unreadable: true };
  const problems: RosterProblem[] = [];
  const entries: RosterEntry[] = [];
  const ledger = openLedger("event", context.inFull);
  const who = whoIsWho(context.people, source.aliases);
  const personOf = finder(source, who);
  const kindOf = sorter(source, who);
  const actsAs = actingReader(source, context.people);
  const doubtIn = doubtReader(source, context, who);
  const { from, to } = context.horizon;

  for (const [index, entry] of given.entries()) {
    const line = index + 1;
    const label = entry.text("TaskName") || entry.text("TaskAbbrev");
    const gone =
      entry.flag("IsStruck") === true
        ? "cancelled"
        : entry.flag("IsPublished") === false
          ? "draft"
          : undefined;
    const kind = kindOf(label, entry.text("TaskType"));
    if (gone !== undefined || kind === "skip") {
      ledger.skipped({ line }, gone ?? "skip");
      continue;
    }
    const times = timesOf(entry, context.zone);
    const found = personOf(entry);
    const stay = "message" in found || typeof kind !== "string" ? undefined : actsAs(kind, found.id, label);
    const wrong = [
      times,
      found,
      typeof kind === "string" ? {} : kind,
      wholeDay(times, kind, label),
      kind === "duty" ? doubtIn(label, entry.text("Notes"), found, times) : undefined,
      stay,
    ].filter(isWrong);
    if (wrong.length > 0 || "message" in times || "message" in found) {
      for (const one of wrong) problems.push({ file: source.file, line, ...one });
      ledger.leftOut({ line }, wrong.map(({ message }) => message).join("; "));
    } else if (times.end <= from || times.start >= to) {
      ledger.skipped({ line }, "outside");
    } else if (stay === undefined || "message" in stay) {
      ledger.skipped({ line }, "coordinator");
    } else {
      const { start, end } = times;
      const one: RosterEntry = { ...stay, person: found.id, start, end, label };
      entries.push(one);
      ledger.read({ line }, [one]);
    }
  }
  return { entries, notUnderstood: problems, accounts: ledger.accounts() };
};

const isWrong = (one: object | undefined): one is Wrong => one !== undefined && "message" in one;

/** The list of entries; undefined for anything else. */
function entriesIn(text: string): readonly Entry[] | undefined {
  let found: unknown;
  try {
    found = JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    return undefined;
  }
  if (!Array.isArray(found)) return undefined;
  return found.map((one: unknown): Entry => {
    const values: Readonly<Record<string, unknown>> =
      typeof one === "object" && one !== null ? { ...one } : {};
    return {
      text: (name) => (typeof values[name] === "string" ? values[name].trim() : ""),
      flag: (name) => FLAGS.get(String(values[name]).toLowerCase()),
    };
  });
}

const FLAGS = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

const timesOf = ({ text }: Entry, zone: Parameters<typeof timesOfEntry>[1]) =>
  timesOfEntry(
    {
      startDate: text("StartDate") || text("Date"),
      startTime: text("StartTime"),
      endDate: text("EndDate"),
      endTime: text("EndTime"),
      startUtc: text("StartDateUTC"),
      endUtc: text("EndDateUTC"),
      timeZone: text("TimeZone"),
    },
    zone,
  );

/** Who works an entry: e-mail and name must not mean two people; the abbreviation counts where neither means anybody. */
function finder({ person }: RosterText, who: WhoIsWho): (entry: Entry) => { readonly id: PersonId } | Wrong {
  if (person !== undefined) return (entry) => ownOf(entry, person, who);
  const todo = "add the name to `aliases` of this roster, or the e-mail that QGenda has to people.csv";
  return ({ text }) => {
    const name = nameIn(text);
    const mailed = who.byMail(text("StaffEmail"));
    const named = name === "" ? namesNobody(text("StaffEmail")) : who.named(name);
    const candidates = "person" in named ? [named.person] : (named.candidates ?? []);
    if (mailed !== undefined) {
      if (candidates.length === 0 || candidates.includes(mailed)) return { id: mailed.id };
      return { field: "staff", todo, ...unclear([mailed, ...candidates], name) };
    }
    if ("person" in named) return { id: named.person.id };
    const short = who.named(text("StaffAbbrev"));
    if ("person" in short && candidates.length === 0 && named.near === undefined)
      return { id: short.person.id };
    return { field: "staff", message: named.message, why: named.why, todo };
  };
}

const nameIn = (text: Entry["text"]): string => `${text("StaffFName")} ${text("StaffLName")}`.trim();

/** Everything is one person's, but for entries of somebody else. */
function ownOf({ text }: Entry, person: PersonId, who: WhoIsWho): { readonly id: PersonId } | Wrong {
  const name = nameIn(text);
  const found = who.agreed([text("StaffEmail")], who.named(name), name);
  const another = namesAnother(name || text("StaffEmail"), found, person, who);
  return another === undefined ? { id: person } : { field: "staff", ...another };
}

/** Duty or leave, by what program.yaml says, then by the task's name and type together. */
function sorter(source: RosterText, who: WhoIsWho) {
  const awayOf = awayReader(source, who);
  const saysSkip = sayer(source.skip);
  const saysOwn = sayer([...(source.duty ?? []), ...(source.off ?? [])]);
  return (label: string, type: string): RosterEntry["kind"] | "skip" | Wrong => {
    if (saysSkip(label)) return "skip";
    const { timed } = awayOf(label);
    if (saysOwn(label)) return timed === "yes" ? "absence" : "duty";
    if (saysTakenBack(label)) return { field: "task", ...takenBack(label) };
    const isAway = saysLeave(type);
    if (timed === "yes") return type === "" || isAway ? "absence" : notClear(label, type);
    if (timed === "no" && (type === "" || /^working$/iu.test(type))) return "duty";
    return timed === "no" && isAway && !saysDutyToo(label) ? "absence" : notClear(label, type);
  };
}

/** A task whose name says that somebody else works it, or other hours; or a note beside it. */
function doubtReader(source: RosterText, { zone }: ReadingContext, who: WhoIsWho) {
  const saysOtherHours = hoursReader(source, zone);
  const saysDuty = sayer(source.duty);
  const changes = changeReader(source, zone);
  return (
    label: string,
    note: string,
    found: { readonly id: PersonId } | Wrong,
    times: EntryTimes | Wrong,
  ): Wrong | undefined => {
    const person = "id" in found ? who.byId(found.id) : undefined;
    if (person !== undefined && who.givenAway(label, person)) return { field: "task", ...givenAway(label) };
    const isOther = !("message" in times) && saysOtherHours(label, times);
    if (isOther) return { field: "task", ...otherHours(label) };
    const isElse = person !== undefined && who.givenAway(note, person);
    const isChanged = changes(note, "message" in times ? undefined : times);
    const isNoted = note !== "" && !saysDuty(note) && (isElse || saysTakenBack(note) || isChanged);
    return isNoted ? { field: "notes", ...noted(note) } : undefined;
  };
}

const noted = (note: string): Omit<Wrong, "field"> => ({
  message: `${quoted(note)} stands beside the task, and may change who works it, when, or whether`,
  todo: "change the entry itself in QGenda, and take the note out; or list its words under `duty` in program.yaml",
  why: { code: "two-readings", text: note },
});

const notClear = (label: string, type: string): Wrong => ({
  field: "task",
  ...(notSure(label) ?? {
    message: `${quoted(label)}${type === "" ? "" : `, of the type ${quoted(type)},`} could be duty or time off`,
    todo: "list its words under `duty` in program.yaml if it is duty, under `off` if it is time off, else under `skip`",
    why: { code: "two-readings", text: label },
  }),
});

function wholeDay(times: object, kind: unknown, label: string): Wrong | undefined {
  if (kind !== "duty" || !("isWholeDays" in times) || times.isWholeDays !== true) return undefined;
  return {
    field: "task",
    message: `${quoted(label)} is a whole day and does not say leave`,
    todo: "give the task its hours in QGenda, list its words under `skip`, or under `off` if it is time off",
    why: { code: "whole-day", text: label },
  };
}

const noSchedule = (file: string): RosterProblem => ({
  file,
  message: "this is no schedule of QGenda: it is no list of entries",
  todo: "look at the address and the company of the account; a saved answer must be whole",
  why: { code: "not-a-roster" },
});
