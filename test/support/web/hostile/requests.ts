import { notTheirs, wrongActs } from "./acts.ts";
import { fromElsewhere, wrongMethods, wrongPlaces } from "./around.ts";
import { brokenBodies, wrongFields } from "./bodies.ts";
import type { Hostile, Loot } from "./loot.ts";

const WRITE = ["/press", "/submit", "/say", "/open", "/jump", "/start-over", "/language"] as const;

/** Well over a hundred requests that must change nothing, each with the refusal it is due. */
export const hostileRequests = (loot: Loot): readonly Hostile[] => [
  ...WRITE.flatMap((path) => fromElsewhere(loot, path)),
  ...WRITE.flatMap((path) => wrongMethods(path)),
  ...brokenBodies(loot),
  ...wrongFields(loot),
  ...wrongActs(loot),
  ...notTheirs(loot),
  ...wrongPlaces(loot),
];
