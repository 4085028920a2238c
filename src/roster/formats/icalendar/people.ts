import type { PersonId } from "#src/domain/person.ts";
import type { RosterProblem } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import { namesNobody, type Named, type NamesNobody, type WhoIsWho } from "../../text/who.ts";
import type { CalendarEvent } from "./event.ts";
import type { Summary } from "./summaries.ts";
import type { Attendee } from "./values.ts";

const NAME_IT = "write the person's id or full name in SUMMARY, or add an ATTENDEE with their e-mail";

/** Who works an event: found by ATTENDEE, else by SUMMARY. Nobody is a problem; so is each guest whom nobody knows. */
export function peopleReader(
  source: RosterText,
  who: WhoIsWho,
  problems: RosterProblem[],
): (event: CalendarEvent, summary: Summary) => readonly PersonId[] {
  if (source.person !== undefined) {
    const own = [source.person];
    return () => own;
  }
  const guests = new Map<Attendee, Named>();
  const guest = (one: Attendee): Named => {
    let found = guests.get(one);
    if (found === undefined) guests.set(one, (found = invited(one, who)));
    return found;
  };
  const say = (event: CalendarEvent, field: "SUMMARY" | "ATTENDEE", { message, why }: NamesNobody) => {
    problems.push({ file: source.file, line: event.lines[field], field, message, todo: NAME_IT, why });
  };

  const listed = (event: CalendarEvent, { text, named }: Summary): readonly PersonId[] => {
    const found = named();
    for (const one of found.unclear) say(event, "SUMMARY", one);
    if (found.people.length === 0 && found.unclear.length === 0) {
      const nobody = namesNobody(text);
      say(event, "SUMMARY", text === "" ? { ...nobody, message: "the event names nobody" } : nobody);
    }
    return found.people.map((person) => person.id);
  };

  return (event, summary) => {
    if (event.attendees.length === 0) return listed(event, summary);
    const all = event.attendees.map(guest);
    const people = new Set(all.flatMap((found) => ("person" in found ? [found.person.id] : [])));
    if (people.size === 0) return listed(event, summary);
    for (const found of all) if ("message" in found) say(event, "ATTENDEE", found);
    return [...people];
  };
}

function invited({ mail, name }: Attendee, who: WhoIsWho): Named {
  const person = who.byMail(mail);
  return person === undefined ? who.named(name === "" ? mail : name) : { person };
}
