import { plainCode } from "./duty-codes.ts";

/** Names of one duty, the shortest first. */
const NAMES: readonly (readonly [string, ...string[]])[] = [
  ["日", "日勤"],
  ["早", "早出", "早番", "早勤"],
  ["遅", "遅出", "遅番", "遅勤"],
  ["準", "準夜", "準夜勤"],
  ["深", "深夜", "深夜勤"],
  ["夜", "夜勤"],
  ["当", "直", "当直", "宿直"],
];
const SHORT = new Map(NAMES.flatMap((names) => names.map((name) => [name, names[0]])));

/** What a duty is called for short where it has several names: 日勤 is 日. */
export const dutyCalled = (code: string): string => SHORT.get(plainCode(code)) ?? plainCode(code);

/** In tables of nights on call, 日 and 直 may be this. */
export const DAY_ON_CALL = "日直";

/** Whether another name may speak of a duty, too: "日勤A" of 日, 日直 of 日 and of 直. */
export function mayBeCalled(code: string, name: string): boolean {
  const own = dutyCalled(code);
  if (name === DAY_ON_CALL) return plainCode(code) === "日" || plainCode(code) === "直";
  if (SHORT.has(name)) return false;
  return NAMES.some(
    ([short, ...full]) => short === own && full.some((one) => one.length > 1 && name.includes(one)),
  );
}
