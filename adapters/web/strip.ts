import type { Locale } from "#src/domain/locale.ts";
import { NUDGE_KINDS, type NudgeKind } from "#src/domain/nudge.ts";
import { later, MINUTE } from "#src/domain/time.ts";
import type { CastMember, Strip } from "#src/ports/stage.ts";
import { markup, nothing, type Markup } from "./markup.ts";
import { shortDayLabel, timeLabel } from "./moments.ts";
import { dutyBar, nudgeMark, sharedTime, sign, type Drawing } from "./strip-marks.ts";
import { SIZE, across } from "./strip-scale.ts";
import { ROLES_IN_ORDER } from "./cast.ts";
import { fill, textsIn } from "./texts-in.ts";

/**
 * A drawing of the roster around now: a lane for each person with duty or a nudge, lines for time that a resident and an attending
 * share, and marks for nudges. The lanes of `seated` people are highlighted.
 */
export function stripMarkup(
  strip: Strip,
  cast: readonly CastMember[],
  zone: string,
  locale: Locale,
  seated: ReadonlySet<string>,
): Markup {
  const texts = textsIn(locale).strip;
  const lanes = lanesOf(strip, cast);
  const width = across(strip.from, strip.to);
  const height = SIZE.axis + lanes.length * SIZE.lane + SIZE.foot;
  const nowAt = across(strip.from, strip.now);
  const drawing: Drawing = {
    strip,
    zone,
    locale,
    laneOf: new Map(lanes.map((member, lane) => [member.id, { member, lane }])),
  };
  const onDuty = lanes.filter((member) => isOnDuty(strip, member));

  const names = lanes.map(
    (member) =>
      markup`<li data-role="${member.roles[0]}"${onDuty.includes(member) ? markup` data-on-duty` : ""}${seated.has(member.id) ? markup` data-seated` : ""}><i aria-hidden="true"></i><span>${member.name[locale]}</span></li>`,
  );
  const rows = lanes.map(
    (member, lane) =>
      markup`<rect class="lane${seated.has(member.id) ? " seated" : ""}" x="0" y="${SIZE.axis + lane * SIZE.lane}" width="${width}" height="${SIZE.lane}" />`,
  );
  return markup`<p class="on-duty">${onDuty.length === 0 ? texts.nobody : fill(texts.onDuty, { names: listed(onDuty, locale) })}</p>
<div class="strip-frame"><ol class="strip-names" aria-hidden="true">${names}</ol><div class="strip-scroll" tabindex="0" role="region" aria-label="${texts.scroll}"><svg class="strip" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" data-now="${nowAt}" role="group" aria-label="${texts.note}">${rows}${hours(drawing, width, height)}${strip.duties.map((duty) => dutyBar(duty, drawing))}${strip.overlaps.map((overlap) => sharedTime(overlap, drawing))}<g class="now"><line x1="${nowAt}" x2="${nowAt}" y1="${SIZE.axis - 8}" y2="${height}" /><rect x="${nowAt - 24}" y="4" width="48" height="19" rx="9.5" /><text x="${nowAt}" y="17.5"><title>${fill(texts.now, { time: timeLabel(strip.now, zone) })}</title>${timeLabel(strip.now, zone)}</text></g><g class="marks">${strip.nudges.map((nudge) => nudgeMark(nudge, drawing))}</g></svg></div></div>
${legend(locale, strip)}`;
}

function lanesOf(strip: Strip, cast: readonly CastMember[]): readonly CastMember[] {
  const busy = new Set([...strip.duties, ...strip.nudges].map((entry) => entry.person));
  const firstDuty = (member: CastMember): number =>
    Math.min(...strip.duties.filter((duty) => duty.person === member.id).map((duty) => duty.start));
  return cast
    .filter((member) => busy.has(member.id))
    .toSorted((a, b) => {
      const byRole = ROLES_IN_ORDER.indexOf(a.roles[0]) - ROLES_IN_ORDER.indexOf(b.roles[0]);
      const [first, second] = [firstDuty(a), firstDuty(b)];
      return byRole || (first === second ? 0 : first - second);
    });
}

const isOnDuty = (strip: Strip, member: CastMember): boolean =>
  strip.duties.some((duty) => duty.person === member.id && duty.start <= strip.now && strip.now < duty.end);

const listed = (members: readonly CastMember[], locale: Locale): string =>
  new Intl.ListFormat(locale, { type: "conjunction" }).format(members.map((member) => member.called[locale]));

/** Every full hour of a clock is one of these, also where clocks differ from others by three quarters, or are put back by half an hour. */
const QUARTER = 15 * MINUTE;

/** A fine line at every second hour, a stronger one with the day's name at midnight. */
function hours(drawing: Drawing, width: number, height: number): readonly Markup[] {
  const { strip, zone, locale } = drawing;
  const quarters = Math.round((strip.to - strip.from) / QUARTER) + 1;
  return Array.from({ length: quarters }, (_, index) => {
    const at = later(strip.from, index * QUARTER);
    const [hour = "", minute] = timeLabel(at, zone).split(":");
    if (minute !== "00" || Number(hour) % 2 !== 0) return nothing;
    const x = across(strip.from, at);
    const midnight = hour === "00";
    const label = midnight ? shortDayLabel(at, zone, locale) : hour;
    const room = midnight ? 26 : 12;
    const text = x < room || x > width - room ? nothing : markup`<text x="${x}" y="17">${label}</text>`;
    return markup`<g class="hour${midnight ? " midnight" : ""}" aria-hidden="true"><line x1="${x}" x2="${x}" y1="${SIZE.axis - 6}" y2="${height}" />${text}</g>`;
  });
}

function legend(locale: Locale, { nudges }: Strip): Markup {
  const texts = textsIn(locale);
  // Where no study is run, nothing speaks of one.
  const isHere = (kind: NudgeKind): boolean => kind !== "research" || nudges.some((one) => one.kind === kind);
  const kinds = NUDGE_KINDS.filter(isHere).map(
    (kind) =>
      markup`<li><svg viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">${sign(kind, "sent")}</svg>${texts.kinds[kind]}</li>`,
  );
  return markup`<ul class="legend" aria-label="${texts.strip.legend}">${kinds}<li><svg viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">${sign("shift-goal", "planned")}</svg>${texts.strip.legendPlanned}</li><li><svg viewBox="0 0 28 18" width="28" height="18" aria-hidden="true"><rect class="shared" x="0" y="6" width="28" height="6" rx="3" /></svg>${texts.strip.legendTogether}</li></ul>`;
}
