import type { Agreement, WeekAgreement } from "./agreement.ts";
import type { Matrix } from "./statistics/pairs.ts";

/** A picture and the same in words, for whoever does not see it. */
export interface Picture {
  readonly svg: string;
  readonly text: string;
}

/* Colours that stay apart in greyscale and for colour-blind readers; text is never a colour's matter. */
const INK = "#1d2733";
const QUIET = "#4f5a66";
const EQUAL = "#cfe3dc";
const ONE = "#eef2f4";
const FAR = "#f3d9c4";
const LINE = "#1f6f5c";

const FONT = "font-family=\"system-ui, 'Noto Sans', sans-serif\"";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const label = (
  x: number,
  y: number,
  text: string,
  { size = 13, anchor = "middle", fill = INK, weight = 400, more = "" } = {},
): string =>
  `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" fill="${fill}" font-weight="${weight}" ${more}>${escaped(text)}</text>`;

const drawing = (
  width: number,
  height: number,
  title: string,
  description: string,
  parts: readonly string[],
): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc" ${FONT}>`,
    `<title id="title">${escaped(title)}</title><desc id="desc">${escaped(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");

const SHORT = ["1 Resident watches", "2 Resident does parts", "3 Attending steps in", "4 Attending watches"];

/** The 4 × 4 table of help wanted against help planned. */
export function tablePicture({ table, counts, wave }: Agreement): Picture {
  const title = "Help wanted against help planned";
  const text = [
    title,
    ...table.flatMap((row, i) =>
      row.map((count, j) => `wanted ${SHORT[i]!}, planned ${SHORT[j]!}: ${count}`),
    ),
    `${counts.n} shifts: ${counts.equal} equal, ${counts.lower} with ${wave.lower}, ${counts.higher} with ${wave.higher}.`,
  ].join("\n");
  const [cell, left, top] = [92, 176, 96];
  const size = table.length;
  const parts = [
    label(24, 30, title, { size: 16, anchor: "start", weight: 600 }),
    label(24, 50, `${counts.n} shifts that both answered. Dark frame: the same step.`, {
      anchor: "start",
      fill: QUIET,
    }),
    label(left + (cell * size) / 2, top - 24, "planned by the attending", { fill: QUIET }),
    ...SHORT.map((name, j) => label(left + cell * j + cell / 2, top - 6, name.slice(0, 1), { weight: 600 })),
    label(24, top + 6, "wanted by the resident", { anchor: "start", fill: QUIET, size: 12 }),
    ...SHORT.map((name, i) =>
      label(left - 12, top + cell * i + cell / 2 + 4, name, { anchor: "end", size: 12 }),
    ),
    ...cellsOf(table, { cell, left, top }),
    label(
      24,
      top + cell * size + 24,
      "Columns: the same four steps, by number. Orange: two steps or more apart.",
      { anchor: "start", fill: QUIET, size: 12 },
    ),
  ];
  return {
    svg: drawing(left + cell * size + 24, top + cell * size + 44, title, text, parts),
    text: `${text}\n`,
  };
}

function cellsOf(
  table: Matrix,
  { cell, left, top }: { cell: number; left: number; top: number },
): readonly string[] {
  const all = table.flat().reduce((sum, one) => sum + one, 0);
  return table.flatMap((row, i) =>
    row.flatMap((count, j) => {
      const apart = Math.abs(i - j);
      const [x, y] = [left + cell * j, top + cell * i];
      const fill = apart === 0 ? EQUAL : apart === 1 ? ONE : FAR;
      const share = all === 0 ? "" : `${Math.round((100 * count) / all)} %`;
      return [
        `<rect x="${x + 2}" y="${y + 2}" width="${cell - 4}" height="${cell - 4}" fill="${fill}" stroke="${apart === 0 ? INK : "none"}"/>`,
        label(x + cell / 2, y + cell / 2 + 2, String(count), { size: 18, weight: 600 }),
        label(x + cell / 2, y + cell / 2 + 22, share, { size: 12, fill: QUIET }),
      ];
    }),
  );
}

/** The share of equal answers about help, week by week of the rotation, with limits by drawing dyads. */
export function weeksPicture({ weeks, wave }: Agreement): Picture {
  const title = "Equal answers by week of the rotation";
  const lines = weeks.map((one) =>
    one.counts === undefined
      ? `week ${one.week}: too few people to show`
      : `week ${one.week}: ${percent(one)} % of ${one.counts.n} equal${limitsText(one)}`,
  );
  const text = [`${title} (${wave.title})`, ...lines, "Bars: 95 % limits, drawn by pairs (bootstrap)."].join(
    "\n",
  );
  const [left, top, width, height] = [64, 84, 560, 240];
  const last = Math.max(1, ...weeks.map(({ week }) => week));
  const x = (week: number): number => left + (width * (week - 0.5)) / last;
  const y = (share: number): number => top + height * (1 - share / 100);
  const shown = weeks.filter(({ counts }) => counts !== undefined);
  const path = shown.map(
    (one, at) => `${at === 0 ? "M" : "L"}${round(x(one.week))} ${round(y(percent(one)))}`,
  );
  const parts = [
    label(24, 30, title, { size: 16, anchor: "start", weight: 600 }),
    label(24, 50, `${wave.title}. Bars: 95 % limits, drawn by pairs.`, { anchor: "start", fill: QUIET }),
    ...[0, 25, 50, 75, 100].flatMap((share) => [
      `<line x1="${left}" x2="${left + width}" y1="${y(share)}" y2="${y(share)}" stroke="#d9dfe3"/>`,
      label(left - 8, y(share) + 4, `${share} %`, { anchor: "end", size: 12, fill: QUIET }),
    ]),
    ...shown.flatMap((one) => intervalOf(one, round(x(one.week)), y)),
    `<path d="${path.join(" ")}" fill="none" stroke="${LINE}" stroke-width="2"/>`,
    ...shown.flatMap((one, at) => [
      `<circle cx="${round(x(one.week))}" cy="${round(y(percent(one)))}" r="4.5" fill="${LINE}"/>`,
      // On the side that the line does not take.
      label(
        round(x(one.week)) + 9,
        round(y(percent(one))) + (percent(shown[at + 1] ?? one) > percent(one) ? 18 : -8),
        `${percent(one)}`,
        { size: 12, anchor: "start" },
      ),
    ]),
    ...Array.from({ length: last }, (_, at) =>
      label(round(x(at + 1)), top + height + 20, String(at + 1), { size: 12 }),
    ),
    label(left + width / 2, top + height + 42, "week of the rotation", { fill: QUIET, size: 12 }),
  ];
  return { svg: drawing(left + width + 32, top + height + 60, title, text, parts), text: `${text}\n` };
}

const round = (value: number): number => Math.round(value * 10) / 10;

const percent = ({ counts }: WeekAgreement): number =>
  counts === undefined ? 0 : Math.round((100 * counts.equal) / counts.n);

const limitsText = ({ equal }: WeekAgreement): string =>
  equal?.limits === undefined ? "" : ` (${Math.round(equal.limits.low)} to ${Math.round(equal.limits.high)})`;

const intervalOf = ({ equal }: WeekAgreement, x: number, y: (share: number) => number): readonly string[] =>
  equal?.limits === undefined
    ? []
    : [
        `<line x1="${x}" x2="${x}" y1="${round(y(equal.limits.high))}" y2="${round(y(equal.limits.low))}" stroke="${LINE}" stroke-width="4" stroke-opacity=".7"/>`,
      ];
