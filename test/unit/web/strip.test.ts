import { expect, it } from "vitest";
import { timeLabel } from "#adapters/web/moments.ts";
import { SIZE } from "#adapters/web/strip-scale.ts";
import { HOUR, instant, later, MINUTE, type Instant } from "#src/domain/time.ts";
import { openPlayground } from "#test/support/web/playground.ts";

/** The hour lines of the strip at this moment, from left to right: the local time at which each stands, and what is written at it. */
async function hourLines(timeZone: string, now: Instant) {
  let begin = now;
  await using web = await openPlayground({
    timeZone,
    now: () => now,
    strip: async (from, to) => {
      begin = from;
      return { from, to, now, duties: [], overlaps: [], nudges: [] };
    },
  });

  const drawn = await (await web.fetch("/strip")).text();
  const lines = drawn.matchAll(/<g class="hour[^>]*><line x1="([\d.]+)"[^>]*\/>(?:<text[^>]*>([^<]*))?/gu);
  return [...lines].map(([, x = "", label]) => {
    const at = later(begin, (Number(x) / SIZE.hour) * HOUR);
    return [timeLabel(instant(Math.round(at / MINUTE) * MINUTE), timeZone), label];
  });
}

const EVEN = ["00", "02", "04", "06", "08", "10", "12", "14", "16", "18", "20", "22"];

it.each([
  ["Asia/Kolkata", "2026-12-01T05:50Z"],
  ["Asia/Kathmandu", "2026-12-01T05:50Z"],
  ["Europe/Berlin", "2026-12-01T05:50Z"],
  ["America/St_Johns", "2026-12-01T05:50Z"],
  ["Europe/Berlin, where the clock is put back,", "2026-10-25T00:50Z"],
  ["Australia/Lord_Howe, where it is put back by half an hour,", "2026-04-04T12:20Z"],
  ["Australia/Lord_Howe, in that half hour,", "2026-04-04T15:10Z"],
])("in %s a line stands at every second full hour, which it names, at %s", async (zone, now) => {
  const lines = await hourLines(zone.split(",")[0]!, instant(Date.parse(now)));

  const labelled = lines.filter(([, label]) => label !== undefined);
  expect(lines.map(([time]) => time)).toEqual(lines.map(([time]) => `${time!.slice(0, 2)}:00`));
  expect(new Set(lines.map(([time]) => time!.slice(0, 2)))).toEqual(new Set(EVEN));
  expect(labelled.length).toBeGreaterThanOrEqual(lines.length - 2);
  for (const [time, label] of labelled)
    expect(label).toMatch(
      time === "00:00" ? /^[A-Z][a-z]+ \d+$/u : new RegExp(`^${time!.slice(0, 2)}$`, "u"),
    );
});
