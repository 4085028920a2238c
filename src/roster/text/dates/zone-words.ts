import { findIana } from "windows-iana";
import { HOUR, instant, zoneOf } from "#src/domain/time.ts";
import { inUtc, inZone, type ToInstant } from "./wall.ts";

/** A time zone as a text names it. */
export interface SaidZone {
  readonly text: string;
  /** Every clock that its words can mean; none where nobody knows the zone. */
  readonly clocks: readonly ToInstant[];
  /** It says UTC, and nothing else. */
  readonly isUtc: boolean;
}

/** People say EST all year round, also where the clocks show EDT; where they never do, it is meant as it stands. */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  EST: ["America/New_York", "America/Panama"],
  EDT: ["America/New_York"],
  ET: ["America/New_York"],
  CST: ["America/Chicago", "America/Regina", "Asia/Shanghai"],
  CDT: ["America/Chicago"],
  CT: ["America/Chicago"],
  MST: ["America/Denver", "America/Phoenix"],
  MDT: ["America/Denver"],
  MT: ["America/Denver"],
  PST: ["America/Los_Angeles"],
  PDT: ["America/Los_Angeles"],
  PT: ["America/Los_Angeles"],
  AKST: ["America/Anchorage"],
  AKDT: ["America/Anchorage"],
  HST: ["Pacific/Honolulu"],
  AST: ["America/Halifax", "America/Puerto_Rico"],
  ADT: ["America/Halifax"],
  JST: ["Asia/Tokyo"],
  KST: ["Asia/Seoul"],
  SGT: ["Asia/Singapore"],
  HKT: ["Asia/Hong_Kong"],
  IST: ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"],
  GMT: ["Etc/UTC"],
  BST: ["Europe/London"],
  WET: ["Europe/Lisbon"],
  CET: ["Europe/Berlin"],
  CEST: ["Europe/Berlin"],
  EET: ["Europe/Athens"],
  EEST: ["Europe/Athens"],
  AEST: ["Australia/Sydney", "Australia/Brisbane"],
  AEDT: ["Australia/Sydney"],
  AWST: ["Australia/Perth"],
  NZST: ["Pacific/Auckland"],
  NZDT: ["Pacific/Auckland"],
};

/** Zones by their words. */
const NAMES: readonly (readonly [name: RegExp, zones: readonly string[]])[] = [
  [/central european (?:standard |summer )?time|中央ヨーロッパ(?:標準|夏)?時間?/iu, ["Europe/Berlin"]],
  [/british (?:summer )?time|\blondon\b|^uk$/iu, ["Europe/London"]],
  [/^new york$/iu, ["America/New_York"]],
  [/^arizona$/iu, ["America/Phoenix"]],
  [/eastern (?:standard |daylight )?time|東部(?:標準|夏)?時間?/iu, ["America/New_York", "America/Panama"]],
  [/central (?:standard |daylight )?time|中部(?:標準|夏)?時間?/iu, ["America/Chicago", "America/Regina"]],
  [
    /mountain (?:standard |daylight )?time|山[岳地]部?(?:標準|夏)?時間?/iu,
    ["America/Denver", "America/Phoenix"],
  ],
  [/pacific (?:standard |daylight )?time|太平洋(?:標準|夏)?時間?/iu, ["America/Los_Angeles"]],
  [/alaskan? (?:standard |daylight )?time|アラスカ(?:標準|夏)?時間?/iu, ["America/Anchorage"]],
  [/hawaii(?:an)? (?:standard )?time|ハワイ(?:標準)?時間?/iu, ["Pacific/Honolulu"]],
  [
    /atlantic (?:standard |daylight )?time|大西洋(?:標準|夏)?時間?/iu,
    ["America/Halifax", "America/Puerto_Rico"],
  ],
  [/japan (?:standard )?time|日本(?:標準)?時間?|^(?:tokyo|東京)$/iu, ["Asia/Tokyo"]],
  [/china (?:standard )?time|中国標準時間?/iu, ["Asia/Shanghai"]],
];

const UTC =
  /(?<![\p{L}\p{N}])(?:UTC|Zulu|Etc\/UTC|co-?ordinated universal time)(?![\p{L}\p{N}])|協定世界時|世界標準時/iu;
const GREENWICH = /(?<![\p{L}\p{N}])greenwich mean time|グリニッジ/iu;
const OFFSET = /(?:(?:UTC|GMT)\s*|^)(?<ahead>[+-]\d{1,2}(?::?\d{2})?)(?!\d)/iu;
const IANA = /(?<![\p{L}\p{N}/])\p{L}+\/[\p{L}_]+(?:\/[\p{L}_]+)?(?![\p{L}\p{N}/])/gu;
/** Two letters may be anything ("CT" is a scan), unless they stand alone, in brackets or behind "times". */
const ABBREVIATION =
  /(?<![\p{L}\p{N}])[A-Z]{3,4}(?![\p{L}\p{N}])|(?<=^|[([]|\btimes?(?: are)?(?: in)? )[ECMP]T(?=$|[)\]]|[.,;])/gu;
/** "Eastern" alone is a zone only where zones are spoken of. */
const DIRECTION =
  /^(?:us[ /])?(eastern|central|mountain|pacific|alaskan?|hawaii(?:an)?|atlantic)(?:[ ,(]|$)/iu;

const DIRECTION_OF_TIMES =
  /\btimes (?:are |shown |listed )?(?:in )?(?:us )?(eastern|central|mountain|pacific|alaskan?|hawaii(?:an)?|atlantic)(?=$|[)\].,;])/iu;

/** The zone that a text names; undefined where it names none. @param isZone the text can be nothing else: "Eastern" */
export function zoneSaid(written: string, isZone = false): SaidZone | undefined {
  const text = written.normalize("NFKC").replaceAll(/\s+/gu, " ").trim();
  const direction = (isZone ? DIRECTION : DIRECTION_OF_TIMES).exec(text)?.[1];
  const listed = [
    ...(text.match(IANA) ?? []),
    ...(isZone ? [text] : []),
    ...findIana(text.replace(/^\([^)]*\)\s*/u, "")).slice(0, 1),
  ].filter((name) => !UTC.test(name));
  const ahead = OFFSET.exec(text)?.groups?.["ahead"];
  // "GMT-5" is no Greenwich.
  const short = (text.match(ABBREVIATION) ?? []).filter((one) => one !== "GMT" || ahead === undefined);
  const names = [
    ...listed,
    ...NAMES.flatMap(([name, zones]) => (name.test(text) ? zones : [])),
    ...NAMES.flatMap(([name, zones]) =>
      direction !== undefined && name.test(`${direction} time`) ? zones : [],
    ),
    ...short.flatMap((one) => SHORT[one] ?? []),
    ...(GREENWICH.test(text) ? ["Etc/UTC"] : []),
  ].flatMap(clockOf);
  const isUtc = UTC.test(text) && ahead === undefined && names.length === 0;
  // "(UTC-05:00) Eastern Time" is the zone, whose clocks are not always so far from Greenwich.
  const clocks = names.length > 0 ? names : ahead === undefined ? [] : [clockAhead(ahead)];
  if (isUtc || clocks.length > 0) return { text, clocks: isUtc ? [inUtc] : clocks, isUtc };
  return isZone ? { text, clocks, isUtc } : undefined;
}

function clockOf(name: string): readonly ToInstant[] {
  try {
    return [inZone(zoneOf(name))];
  } catch {
    return [];
  }
}

function clockAhead(offset: string): ToInstant {
  const [, sign, hours, minutes = "0"] = /^([+-])(\d{1,2}):?(\d{2})?$/u.exec(offset)!;
  const ahead = (Number(hours) + Number(minutes) / 60) * HOUR * (sign === "-" ? -1 : 1);
  return (at) => instant(at - ahead);
}
