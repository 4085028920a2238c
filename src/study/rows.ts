import {
  exchangesOf,
  lookingsBack,
  helpSettledOn,
  settlementsOf,
  type Settlement,
} from "#src/domain/exchange.ts";
import { ITEMS, STRATEGY_ITEMS, valuesOf, type ItemId } from "#src/domain/forms.ts";
import { readPairWeek } from "#src/domain/nudge.ts";
import { rotationOn, type Overlap } from "#src/domain/outlook.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { ResearchConsent } from "#src/domain/research.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { dayNumber, mondayOf, weekOf, type Instant, type Zone } from "#src/domain/time.ts";
import { isKeptPrivate } from "#src/domain/visibility.ts";

/** The items that a study has, with the step that each answer is. */
export type StudyItem =
  | "help"
  | "call"
  | "feedback"
  | "happened"
  | "week-goal"
  | "week-strategy"
  | "week-trust";

/** What a resident and an attending answered to one item on one occasion, as steps of its scale, from 1. */
export interface StudyRow {
  readonly resident: PersonId;
  readonly attending: PersonId;
  readonly occasion: string;
  /** The rotation's name in program.yaml. */
  readonly rotation: string;
  /** The week of the rotation, from 1. */
  readonly week: number;
  readonly item: StudyItem;
  readonly x: number;
  readonly y: number;
  /** The step that the two settled on. */
  readonly settled?: number;
  /** The help that happened: the mean of the two, where both told. */
  readonly happened?: number;
  /** Whether the goal was worked on, as its resident said: 1 yes, 0.5 partly, 0 no chance or changed. In a week's rows the mean of it. */
  readonly outcome?: number;
}

export interface StudySource {
  readonly program: Program;
  readonly zone: Zone;
  readonly assignments: readonly Assignment[];
  /** Everything that each person has ever answered, with what they corrected later. */
  readonly replies: ReadonlyMap<PersonId, readonly (Reply & { readonly superseded: boolean })[]>;
  readonly now: Instant;
}

/** The same with who takes part since when, and with the days of the study. */
export interface Used extends StudySource {
  readonly consents: ReadonlyMap<PersonId, ResearchConsent>;
  readonly from: Instant;
  readonly to: Instant;
}

/** The rows of an occasion, or why it has none. */
export type Rows = StudyRow[] | "not-both" | "outside";

/** The answers of both to an occasion, from when on both had agreed; undefined where one of them does not take part. */
function both(
  { replies, consents, from, to }: Used,
  pair: Pair,
  occasion: string,
  since: (consent: ResearchConsent) => Instant | undefined = (consent) => consent.since,
): readonly Reply[] | undefined {
  const starts = [pair.resident, pair.attending].map((person) => {
    const consent = consents.get(person);
    return consent === undefined ? undefined : since(consent);
  });
  const [one, other] = starts;
  if (one === undefined || other === undefined) return undefined;
  const begins = Math.max(one, other, from);
  const of = (person: PersonId) =>
    (replies.get(person) ?? []).filter(
      (reply) => reply.occasion === occasion && !reply.superseded && reply.at >= begins && reply.at < to,
    );
  return [...of(pair.resident), ...of(pair.attending)];
}

export interface Pair {
  readonly resident: PersonId;
  readonly attending: PersonId;
}

export function shiftRows(used: Used, { resident: shift, attending }: Overlap): Rows {
  const pair = { resident: shift.person, attending: attending.person };
  const place = placeOf(used, pair.resident, shift.start);
  if (place === undefined || shift.start < used.from || shift.start >= used.to) return "outside";
  const here = both(used, pair, shift.id);
  if (here === undefined) return "not-both";
  const [told] = exchangesOf(pair.resident, pair.attending, here);
  const [back] = lookingsBack(pair.resident, pair.attending, here);
  const settled = settlementsOf(pair.resident, pair.attending, here);
  const outcome = outcomeOf(used, pair.resident, shift.id, here);
  const happened = back && meanOf(stepOf("happened", back.resident), stepOf("happened", back.attending));
  const base = {
    ...pair,
    ...place,
    occasion: shift.id,
    ...(outcome === undefined ? {} : { outcome }),
    ...(happened === undefined ? {} : { happened }),
  };
  const rows = STRATEGY_ITEMS.flatMap(({ id }): readonly StudyRow[] => {
    const [x, y] = [told && stepOf(id, told.resident), told && stepOf(id, told.attending)];
    const on = settledOn(id, settled);
    return x === undefined || y === undefined
      ? []
      : [{ ...base, item: id, x, y, ...(on === undefined ? {} : { settled: on }) }];
  });
  const [x, y] = [back && stepOf("happened", back.resident), back && stepOf("happened", back.attending)];
  if (x !== undefined && y !== undefined) rows.push({ ...base, item: "happened", x, y });
  return rows.length === 0 ? "not-both" : rows;
}

export function weekRows(
  used: Used,
  { occasion, ...pair }: Pair & { readonly occasion: string },
  shifts: readonly StudyRow[],
): Rows {
  const { week } = readPairWeek(occasion)!;
  const place =
    placeOf(used, pair.resident, used.zone.at(mondayOf(week) + 3, 12)) ?? placeInWeek(used, pair, week);
  if (place === undefined) return "outside";
  const here = both(used, pair, occasion);
  if (here === undefined) return "not-both";
  const outcomes = shifts.flatMap((one) =>
    one.resident === pair.resident &&
    one.attending === pair.attending &&
    one.week === place.week &&
    one.rotation === place.rotation &&
    one.item === "help" &&
    one.outcome !== undefined
      ? [one.outcome]
      : [],
  );
  const outcome = meanOf(...outcomes);
  const base = { ...pair, ...place, occasion, ...(outcome === undefined ? {} : { outcome }) };
  const [told] = exchangesOf(pair.resident, pair.attending, here);
  const trust = both(used, pair, occasion, ({ trustSince }) => trustSince) ?? [];
  const ofTrust = (person: PersonId) =>
    new Map(
      trust.flatMap((one) => (one.person === person && one.value !== null ? [[one.item, one.value]] : [])),
    );
  const sides = {
    "week-goal": [told?.resident, told?.attending],
    "week-strategy": [told?.resident, told?.attending],
    "week-trust": [ofTrust(pair.resident), ofTrust(pair.attending)],
  } as const;
  const rows = (["week-goal", "week-strategy", "week-trust"] as const).flatMap((item) => {
    const [x, y] = sides[item].map((side) => side && stepOf(item, side as ReadonlyMap<ItemId, string>));
    return x === undefined || y === undefined ? [] : [{ ...base, item, x, y }];
  });
  return rows.length === 0 ? "not-both" : rows;
}

/** Which week of which rotation of the resident's a moment is in. */
function placeOf({ program, zone }: StudySource, resident: PersonId, at: Instant) {
  const day = zone.dayOf(at);
  const rotation = rotationOn(program, resident, day);
  if (rotation === undefined) return undefined;
  return { rotation: rotation.name, week: weekOf(day) - weekOf(dayNumber(rotation.from)) + 1 };
}

/** The same of a week in whose middle no rotation is: by the shift that brought them together. */
function placeInWeek(used: StudySource, { resident }: Pair, week: number) {
  const shift = used.assignments.find(
    (one) => one.person === resident && weekOf(used.zone.dayOf(one.start)) === week,
  );
  return shift && placeOf(used, resident, shift.start);
}

/** The step of an answer, from 1: its number, or its place among the choices. */
function stepOf(item: StudyItem, answers: ReadonlyMap<ItemId, string>): number | undefined {
  const value = answers.get(item);
  const place = value === undefined ? -1 : valuesOf(ITEMS[item])!.indexOf(value);
  return place < 0 ? undefined : place + 1;
}

/** The step that was settled on. "Each as they were", and a line in own words, are none. */
function settledOn(item: "help" | "call" | "feedback", settled: readonly Settlement[]): number | undefined {
  if (item === "help") return settled.map(helpSettledOn).find((step) => step !== undefined);
  const one = settled.find((each) => each.item === item);
  if (one === undefined || one.text || one.value === undefined) return undefined;
  const place = valuesOf(ITEMS[item])!.indexOf(one.value);
  return place < 0 ? undefined : place + 1;
}

const OUTCOMES: Readonly<Record<string, number>> = { yes: 1, partly: 0.5, "no-chance": 0, changed: 0 };

/** A goal that was kept private looks like none, also where that was said before its resident had agreed to the study. */
function outcomeOf(
  { replies }: StudySource,
  resident: PersonId,
  occasion: string,
  here: readonly Reply[],
): number | undefined {
  const isPrivate = replies
    .get(resident)
    ?.some(
      (one) =>
        one.occasion === occasion && one.item === "share" && !one.superseded && isKeptPrivate(one.value),
    );
  if (isPrivate === true) return undefined;
  const told = here.find((one) => one.person === resident && one.item === "outcome")?.value;
  return OUTCOMES[told ?? ""];
}

function meanOf(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((one) => one !== undefined);
  return known.length === 0 || known.length < values.length
    ? undefined
    : known.reduce((all, one) => all + one, 0) / known.length;
}
