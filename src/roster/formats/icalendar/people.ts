import type { Person, PersonId } from "#src/domain/person.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import { namesNobody, unclear, type Named, type NamesNobody } from "../../text/people/named.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import type { CalendarEvent } from "./event.ts";
import type { Summary } from "./summaries.ts";
import type { Attendee } from "./attendee.ts";
import { isAway } from "./shifts.ts";

const NAME_IT =
  "add the name to `aliases` of this roster in program.yaml, or the e-mail that the calendar has to people.csv";
const SAY_WHO =
  "have the calendar name only who works, or add a longer name to `aliases` of this roster in program.yaml";

/** Whom an attendee is: all its addresses and names, which must not contradict each other. */
interface Guest {
  readonly attendee: Attendee;
  readonly found: Named;
}

/**
 * Who works an event. ATTENDEE and SUMMARY are both asked: whoever only one of them names while the other names
 * somebody else is named as unclear. Nobody is a problem; so is each guest whom nobody knows.
 */
export function peopleReader(
  source: RosterText,
  who: WhoIsWho,
  problems: RosterProblem[],
): (event: CalendarEvent, summary: Summary) => readonly PersonId[] {
  const say: Say = (event, field, { message, why }) => {
    const todo = why.code === "nobody" ? NAME_IT : SAY_WHO;
    problems.push({ file: source.file, line: event.lines[field], field, message, todo, why });
  };
  const guests = new Map<Attendee, Guest>();
  const guest = (attendee: Attendee): Guest => {
    let one = guests.get(attendee);
    if (one === undefined) guests.set(attendee, (one = guestOf(attendee, source, who)));
    return one;
  };
  if (source.person !== undefined) return ownReader(source.person, guest, who, say);
  return (event, { text, named }) => {
    const said = named();
    const all = event.attendees.map(guest);
    const coming = peopleOf(all, "works");
    const unsure = peopleOf(all, "unsure").filter((person) => !coming.includes(person));
    const declined = [...peopleOf(all, "declined").filter((person) => !coming.includes(person)), ...unsure];
    const rivals = all.filter(({ found }) => "near" in found && found.near?.some(isIn(said.people)));
    // "Green Pod" contradicts no guest: it may be a place.
    const isOpen = ({ isWord }: NamesNobody) => isWord !== true || coming.length === 0;
    const isSaid = said.people.length > 0 || said.unclear.some(isOpen);

    if (coming.length === 0 && declined.length === 0 && rivals.length === 0)
      return bySummary(event, text, said, say);
    for (const { attendee, found } of all)
      if (attendee.attendance === "works" && "message" in found) say(event, "ATTENDEE", found);
    for (const person of unsure.filter((one) => !said.people.includes(one)))
      say(event, "ATTENDEE", contradicted(person, text, MAYBE));
    // Everybody who was asked has declined: nobody works it, and that is no mistake.
    if (!isSaid) {
      for (const one of said.unclear) if (!one.candidates?.some(isIn(coming))) say(event, "SUMMARY", one);
      return coming.map(({ id }) => id);
    }

    const chairs = peopleOf(all, "chair");
    // Where nobody is known to come, the summary is right about whoever has not declined.
    const isOther = (one: Person) =>
      declined.includes(one) || rivals.some(({ found }) => "near" in found && found.near?.includes(one));
    const open = coming.length > 0 ? [...coming, ...chairs] : said.people.filter((one) => !isOther(one));
    const works = open.filter((person) => isMeant(said, person, coming));
    for (const person of coming.filter((one) => !works.includes(one)))
      say(event, "ATTENDEE", contradicted(person, text, "SUMMARY names somebody else"));
    for (const one of said.unclear) if (!one.candidates?.some(isIn(works))) say(event, "SUMMARY", one);
    for (const person of said.people.filter((one) => !works.includes(one))) {
      const but = declined.includes(person) ? NO : "ATTENDEE names others";
      say(event, "SUMMARY", contradicted(person, text, unsure.includes(person) ? MAYBE : but));
    }
    return works.map(({ id }) => id);
  };
}

type Say = (event: CalendarEvent, field: "SUMMARY" | "ATTENDEE", why: NamesNobody) => void;

/** Whom the summary names, where no guest is known. */
function bySummary(
  event: CalendarEvent,
  text: string,
  { people, unclear: open }: ReturnType<WhoIsWho["listed"]>,
  say: Say,
): readonly PersonId[] {
  for (const one of open) say(event, "SUMMARY", one);
  if (people.length + open.length === 0) {
    const nobody = namesNobody(text);
    say(event, "SUMMARY", text === "" ? { ...nobody, message: "the event names nobody" } : nobody);
  }
  return people.map(({ id }) => id);
}

/** In somebody's own calendar each shift is theirs, unless they have declined it or its name says that another works it. */
function ownReader(
  id: PersonId,
  guest: (attendee: Attendee) => Guest,
  who: WhoIsWho,
  say: Say,
): (event: CalendarEvent, summary: Summary) => readonly PersonId[] {
  const isOwn = (person: Person) => person.id === id;
  return (event, summary) => {
    if (isAway(event, summary)) return [id];
    const guests = event.attendees.map(guest);
    const answered = (how: Attendee["attendance"]) => peopleOf(guests, how).find(isOwn);
    const unsure = answered("unsure");
    if (answered("works") === undefined && unsure !== undefined)
      say(event, "ATTENDEE", contradicted(unsure, summary.text, MAYBE));
    const own = who.byId(id);
    const isGiven = own !== undefined && who.givenAway(summary.text, own);
    if (isGiven) say(event, "SUMMARY", unclear([own], summary.text));
    const isOff = answered("works") === undefined && (unsure ?? answered("declined")) !== undefined;
    return isGiven || isOff ? [] : [id];
  };
}

const isIn = (people: readonly Person[]) => (person: Person) => people.includes(person);

/** The summary names them, or could mean them and nobody else who comes. */
function isMeant(
  { people, unclear: open }: ReturnType<WhoIsWho["listed"]>,
  person: Person,
  coming: readonly Person[],
): boolean {
  if (people.includes(person)) return true;
  return open.some(
    ({ candidates = [] }) => candidates.includes(person) && candidates.filter(isIn(coming)).length === 1,
  );
}

const peopleOf = (guests: readonly Guest[], attendance: Attendee["attendance"]): readonly Person[] => [
  ...new Set(
    guests.flatMap(({ attendee, found }) =>
      attendee.attendance === attendance && "person" in found ? [found.person] : [],
    ),
  ),
];

function contradicted(person: Person, text: string, but: string): NamesNobody {
  const { why } = unclear([person], text);
  return { message: `${person.id} (${person.name}) may or may not work ${quoted(text)}: ${but}`, why };
}

const NO = "ATTENDEE says that they declined";
const MAYBE = 'ATTENDEE answered "maybe"';

/** The setting says of all that is tentative that it is duty. */
function guestOf(attendee: Attendee, { tentative }: RosterText, who: WhoIsWho): Guest {
  const isDuty = attendee.attendance === "unsure" && tentative === "duty";
  return {
    attendee: isDuty ? { ...attendee, attendance: "works" } : attendee,
    found: invited(attendee, who),
  };
}

/** Every address and name of an attendee says who it is: one person, or it is not clear. */
function invited({ mails, name }: Attendee, who: WhoIsWho): Named {
  const text = name === "" ? (mails[0] ?? "") : name;
  return who.agreed(mails, name === "" ? namesNobody(text) : who.mentioned(name), text);
}
