/** What is run: `npm run test:quick`, `npm test`, `npm run test:long`, or `npm run soak`. */
type Run = "quick" | "usual" | "long" | "soak";

const RUN = runOf(process.env["ATTUNE_CAMPAIGNS"]);

/** How large a campaign is in each run. Without a size of its own a quick run is a usual one, and a soak a long one. */
export interface Sizes<Size> {
  readonly quick?: Size;
  readonly usual: Size;
  readonly long: Size;
  readonly soak?: Size;
}

/**
 * The size of a campaign (a kill campaign, a chaos week, a fuzz, a property over whole lives) in this run. `npm test`
 * tries a few of its cases every time, `npm run test:quick` fewer, while somebody waits; `npm run test:long` tries as many
 * as a night allows, `npm run soak` more still. What is asserted of each case is the same.
 *
 * Only test files ask for it, so that the long run finds them (vitest.config.ts).
 */
export const campaignSize = <Size>({ usual, quick = usual, long, soak = long }: Sizes<Size>): Size =>
  ({ quick, usual, long, soak })[RUN];

function runOf(wish = "usual"): Run {
  if (wish === "quick" || wish === "usual" || wish === "long" || wish === "soak") return wish;
  throw new Error(`ATTUNE_CAMPAIGNS is "quick", "long" or "soak", or not set; not "${wish}"`);
}
