import type { Nudge } from "#src/domain/nudge.ts";
import { percent, type Figure } from "#src/domain/aggregate.ts";
import { instant, utc } from "#src/domain/time.ts";
import { weekLabel, weekOf, zoneOf, type Zone } from "#src/domain/zone.ts";
import { programFigures } from "#src/flows/program-figures.ts";
import type { Site } from "./site.ts";
import type { Row, Tables } from "./table.ts";

/**
 * What an operator may have of a whole program: its files' own facts, the roster as it is kept, whether messages
 * arrive (by week, so that no moment tells when somebody answered), and the very figures that a coordinator sees.
 * No answer, and nothing about one person's answers, is in it.
 */
export async function programTables({ program, store, now }: Site): Promise<Tables> {
  const zone = zoneOf(program.timeZone);
  const roster = await store.roster();
  const figures = await programFigures(store, weekOf(zone.dayOf(now)));
  const nudges = await store.nudgesDuring(instant(0), instant(Number.MAX_SAFE_INTEGER));
  return {
    program: [{ id: program.id, name: program.name, timeZone: program.timeZone, locale: program.locale }],
    rotations: program.rotations.map(({ name, from, to, residents }) => ({
      name,
      from,
      to,
      residents: residents?.join(" ") ?? null,
    })),
    people: program.people.map(({ id: person, name, role, locale }) => ({ person, name, role, locale })),
    shifts: roster.assignments.map(({ id: shift, person, start, end, label }) => ({
      shift,
      person,
      start: utc(start),
      end: utc(end),
      label,
    })),
    delivery: delivery(nudges, zone),
    figures: [
      figure("both-answered", figures.both),
      figure("goals-closed", figures.closed),
      ...[...figures.gaps].map(([item, share]) => figure(`two-steps-apart-${item}`, share)),
    ],
  };
}

/** Too few people have contributed where `percent` is null. */
const figure = (name: string, share: Figure | undefined): Row => ({
  figure: name,
  percent: share === undefined ? null : percent(share),
});

/** What became of the messages to a person, a week and a kind at a time. Answered or not makes no difference here. */
function delivery(nudges: readonly Nudge[], zone: Zone): readonly Row[] {
  const sorted = Map.groupBy(
    nudges.filter((one) => one.sentAt !== undefined || one.state === "failed"),
    (one) => `${weekLabel(weekOf(zone.dayOf(one.dueAt)))} ${one.person} ${one.kind}`,
  );
  return [...sorted].map(([key, group]) => {
    const [week = "", person = "", kind = ""] = key.split(" ");
    const count = (state: Nudge["state"]) => group.filter((one) => one.state === state).length;
    const [uncertain, failed] = [count("uncertain"), count("failed")];
    return { week, person, kind, sent: group.length - uncertain - failed, uncertain, failed };
  });
}
