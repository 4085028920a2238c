import type { Locale } from "#src/domain/locale.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";
import type { NudgeState } from "#src/domain/nudge-life.ts";
import type { Instant } from "#src/domain/time.ts";
import type { CastMember, Strip } from "#src/ports/stage.ts";
import { markup, nothing, type Markup } from "./markup.ts";
import { timeLabel } from "./moments.ts";
import { SIZE, across } from "./strip-scale.ts";
import { fill, textsIn } from "./texts-in.ts";

/** What every mark of one strip needs to know. */
export interface Drawing {
  readonly strip: Strip;
  readonly zone: string;
  readonly locale: Locale;
  readonly laneOf: ReadonlyMap<string, { readonly member: CastMember; readonly lane: number }>;
}

/** A person's shift, cut to the window. */
export function dutyBar(duty: Strip["duties"][number], drawing: Drawing): Markup {
  const found = drawing.laneOf.get(duty.person);
  if (found === undefined) return nothing;
  const { x, width } = within(duty, drawing.strip);
  const y = middle(found.lane) - SIZE.bar / 2;
  const label = fill(textsIn(drawing.locale).strip.duty, {
    name: found.member.called[drawing.locale],
    label: duty.label[drawing.locale],
    ...span(duty, drawing),
  });
  const text =
    width < 90
      ? nothing
      : markup`<text x="${x + 11}" y="${middle(found.lane) + 4}" aria-hidden="true">${duty.label[drawing.locale]}</text>`;
  return markup`<g class="duty ${duty.role}" role="img" aria-label="${label}" data-tip="${label}" tabindex="-1"><rect x="${x}" y="${y}" width="${width}" height="${SIZE.bar}" rx="${SIZE.bar / 2}" />${text}</g>`;
}

/** The time that one resident and one attending share, as a line in both their lanes. */
export function sharedTime(overlap: Strip["overlaps"][number], drawing: Drawing): Markup {
  const resident = drawing.laneOf.get(overlap.resident);
  const attending = drawing.laneOf.get(overlap.attending);
  if (resident === undefined || attending === undefined) return nothing;
  const { x, width } = within(overlap, drawing.strip);
  const label = fill(textsIn(drawing.locale).strip.together, {
    resident: resident.member.called[drawing.locale],
    attending: attending.member.called[drawing.locale],
    ...span(overlap, drawing),
  });
  const lines = [resident, attending].map(
    ({ lane }) =>
      markup`<rect class="shared" x="${x}" y="${middle(lane) + SIZE.bar / 2 - 2}" width="${width}" height="5" rx="2.5" />`,
  );
  return markup`<g class="together" role="img" aria-label="${label}" data-tip="${label}" tabindex="-1">${lines}</g>`;
}

/** One nudge, where and when it speaks; several of one moment stand side by side. */
export function nudgeMark(nudge: Strip["nudges"][number], drawing: Drawing): Markup {
  const found = drawing.laneOf.get(nudge.person);
  if (found === undefined) return nothing;
  const { strip, locale, zone } = drawing;
  const texts = textsIn(locale);
  const before = strip.nudges.filter((other) => other.person === nudge.person && other.at === nudge.at);
  const x = across(strip.from, nudge.at) + before.indexOf(nudge) * 17;
  const label = fill(texts.strip.nudge, {
    kind: texts.kinds[nudge.kind],
    name: found.member.called[locale],
    time: timeLabel(nudge.at, zone),
    state: texts.states[nudge.state],
  });
  return markup`<g class="mark" transform="translate(${x} ${middle(found.lane)})" role="img" aria-label="${label}" data-tip="${label}" tabindex="-1"><circle class="halo" r="10" />${sign(nudge.kind, nudge.state)}</g>`;
}

/** A kind's shape, around 0,0. Planned ones are hollow; an answered one has a tick. */
export function sign(kind: NudgeKind, state: NudgeState): Markup {
  const answered = state === "answered" ? markup`<path class="tick" d="m-3 .2 2.2 2.2L3.4-2.2" />` : nothing;
  return markup`<g class="sign ${kind} ${state}">${SHAPES[kind]}${answered}</g>`;
}

const SHAPES: Readonly<Record<NudgeKind, Markup>> = {
  greeting: markup`<path d="M-5-6.5 6.5 0-5 6.5Z" />`,
  consent: markup`<path d="M-5.5-5.5h11v7.5h-6l-3.5 3.5v-3.5h-1.5Z" />`,
  research: markup`<path d="M-2.5-6.5h5v5L6 6H-6L-2.5-1.5Z" />`,
  "shift-goal": markup`<circle r="6" />`,
  "shift-plan": markup`<rect x="-5.5" y="-5.5" width="11" height="11" rx="2" />`,
  "shift-debrief": markup`<path d="M0-7.2 7.2 0 0 7.2-7.2 0Z" />`,
  // Two answers beside each other.
  "shift-reveal": markup`<path d="M-6-5.5h4.5v11h-4.5ZM1.5-5.5h4.5v11h-4.5Z" />`,
  "pair-check-in": markup`<path d="M-3-6h6a6 6 0 0 1 0 12h-6a6 6 0 0 1 0-12Z" />`,
  "attending-digest": markup`<path d="M0-6.6 6.6 5.4H-6.6Z" />`,
  "coordinator-digest": markup`<path d="M0-6.8 6.5-2 4 5.6H-4L-6.5-2Z" />`,
  "file-taken-over": markup`<path d="M-4.5-6.5h6l3 3v10h-9Z" />`,
  "whose-account": markup`<path d="M-3-1a3 3 0 1 1 6 0 3 3 0 1 1-6 0ZM-6 6.5a6 4 0 0 1 12 0Z" />`,
  "rotation-summary": markup`<path d="M-3.2-6h6.4L6.4 0 3.2 6h-6.4L-6.4 0Z" />`,
};

const middle = (lane: number): number => SIZE.axis + lane * SIZE.lane + SIZE.lane / 2;

interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

function within(part: Span, strip: Strip): { readonly x: number; readonly width: number } {
  const start = part.start < strip.from ? strip.from : part.start;
  const end = part.end > strip.to ? strip.to : part.end;
  const x = across(strip.from, start);
  return { x, width: Math.max(4, Math.round((across(strip.from, end) - x) * 10) / 10) };
}

const span = (part: Span, { zone }: Drawing): { readonly start: string; readonly end: string } => ({
  start: timeLabel(part.start, zone),
  end: timeLabel(part.end, zone),
});
