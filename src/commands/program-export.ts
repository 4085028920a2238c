import type { Nudge } from "#src/domain/nudge.ts";
import { percent } from "#src/domain/aggregate.ts";
import { instant, utc, weekLabel, weekOf, zoneOf, type Instant, type Zone } from "#src/domain/time.ts";
import { deliveryOf, lossOf } from "#src/flows/digests/delivery.ts";
import { programFigures, type Shown } from "#src/flows/digests/program-figures.ts";
import { outlookOf, type Outlook } from "#src/domain/outlook.ts";
import { wishesOf } from "#src/domain/wishes.ts";
import type { StoredProgram } from "./stored-program.ts";
import type { Row, Tables } from "./table.ts";

/**
 * What an operator may have of a whole program: its files' own facts, the roster as it is kept, which
 * messages did not arrive (by week, so that no moment tells when somebody answered), and the very figures that a coordinator sees.
 * No answer, and nothing about one person's answers, is in it.
 */
export async function programTables({ program, store, now }: StoredProgram): Promise<Tables> {
  const zone = zoneOf(program.timeZone);
  const roster = await store.roster();
  const figures = await programFigures({ program, store }, weekOf(zone.dayOf(now)));
  const nudges = await store.nudgesDuring(instant(0), instant(Number.MAX_SAFE_INTEGER));
  const wishes = wishesOf(await store.standings());
  const outlook = outlookOf({ program, zone, roster, wishes });
  return {
    program: [
      {
        id: program.id,
        name: program.name[program.locale],
        timeZone: program.timeZone,
        locale: program.locale,
      },
    ],
    rotations: program.rotations.map(({ name, from, to, residents }) => ({
      name,
      from,
      to,
      residents: residents?.join(" ") ?? null,
    })),
    people: program.people.map(({ id: person, name, roles, locale }) => ({
      person,
      name,
      role: roles.join("+"),
      locale,
    })),
    shifts: roster.assignments.map(({ id: shift, person, start, end, label, role }) => ({
      shift,
      person,
      role,
      start: utc(start),
      end: utc(end),
      label,
    })),
    delivery: delivery(nudges, zone, outlook, now),
    figures: [
      figure("both-answered", figures.both),
      figure("goals-closed", figures.closed),
      figure("goals-partly", figures.partly),
      figure("feedback-given", figures.feedback),
      ...[...figures.gaps].map(([item, share]) => figure(`two-steps-apart-${item}`, share)),
      ...(figures.settled === undefined ? [] : [figure("settled", { figure: figures.settled })]),
      figure("easy-to-ask", figures.easy),
      ...[...figures.categories].map(([goal, share]) => figure(`goals-of-${goal}`, { figure: share })),
    ],
  };
}

/** Too few people have contributed where `percent` is null: then who is still wanted is told. */
const figure = (name: string, shown: Shown): Row =>
  "figure" in shown
    ? {
        figure: name,
        percent: near(percent(shown.figure)),
        cases: shown.figure.of,
        residentsWanted: 0,
        attendingsWanted: 0,
      }
    : {
        figure: name,
        percent: null,
        cases: null,
        residentsWanted: shown.wanted.residents,
        attendingsWanted: shown.wanted.attendings,
      };

/** As coordinators read it: that it was nobody, or everybody, is not told. */
const near = (share: number): number | string => (share < 10 ? "<10" : share > 90 ? ">90" : share);

/** A week's messages as a sum; and of each person, those that did not arrive. Answered or not makes no difference here. */
function delivery(nudges: readonly Nudge[], zone: Zone, outlook: Outlook, now: Instant): readonly Row[] {
  const weeks = Map.groupBy(nudges, (one) => weekLabel(weekOf(zone.dayOf(one.firstDue))));
  return [...weeks].flatMap(([week, all]) => {
    const { due, lost } = deliveryOf(all, outlook, now);
    if (due === 0) return [];
    const persons = Map.groupBy(lost, (one) => `${one.person} ${lossOf(one)}`);
    return [
      { week, person: null, reason: null, due, lost: lost.length },
      ...[...persons].map(([key, theirs]): Row => {
        const [person = "", reason = ""] = key.split(" ");
        return { week, person, reason, due: null, lost: theirs.length };
      }),
    ];
  });
}
