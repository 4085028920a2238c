import type { Overlap } from "#src/domain/outlook.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Teller } from "./teller.ts";

/** More than anybody reads: a first roster has hundreds. */
const MOST_LINES = 30;

/** Who works with whom no more, who does now, and who does at other hours. */
export function togetherLines(
  before: readonly Overlap[],
  after: readonly Overlap[],
  tell: Teller,
): readonly string[] {
  const was = new Map(before.map((one) => [pairOf(one), one]));
  const is = new Set(after.map(pairOf));
  const pair = ({ resident, attending }: Overlap) =>
    `${tell.name(resident.person)} with ${tell.name(attending.person)}`;
  const gone = before.filter((one) => !is.has(pairOf(one)));
  const fresh = after.filter((one) => !was.has(pairOf(one)));
  const moved = after.flatMap((to) => {
    const from = was.get(pairOf(to));
    return from === undefined || (from.start === to.start && from.end === to.end) ? [] : [{ from, to }];
  });
  if (gone.length + fresh.length + moved.length > MOST_LINES) {
    return [`${fresh.length} new, ${moved.length} at other hours, ${gone.length} no more`];
  }
  const lines: readonly { readonly at: Instant; readonly text: string }[] = [
    ...gone.map((one) => ({ at: one.start, text: `- ${tell.shift(one)}  ${pair(one)}` })),
    ...fresh.map((one) => ({ at: one.start, text: `+ ${tell.shift(one)}  ${pair(one)}` })),
    ...moved.map(({ from, to }) => ({
      at: from.start,
      text: `~ ${tell.shift(from)} → ${tell.date(from.start) === tell.date(to.start) ? tell.hours(to) : tell.shift(to)}  ${pair(to)}`,
    })),
  ];
  return lines.toSorted((a, b) => a.at - b.at).map(({ text }) => text);
}

/** Two shifts keep their ids when they move. */
const pairOf = ({ resident, attending }: Overlap): string => `${resident.id} ${attending.id}`;
