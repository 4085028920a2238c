import { DAY } from "#src/domain/time.ts";
import { clockTime } from "../dates/dates.ts";

/** What a cell of a matrix stands for. */
export type Duty =
  | { readonly kind: "shift"; readonly start: number; readonly end: number }
  /** Away: leave, or a day off. */
  | { readonly kind: "off" }
  /** Nothing that the roster needs to say: the morning after a night, which policy knows of. */
  | { readonly kind: "none" };

/**
 * Codes of Japanese duty tables, with usual hours. A program states its own hours under `codes`: these differ by an
 * hour or so everywhere. A second half of a night (深) begins after midnight of its own day.
 */
const USUAL: Readonly<Record<string, string>> = {
  日: "08:30-17:15",
  日勤: "08:30-17:15",
  日直: "08:30-17:15",
  早: "07:00-15:45",
  早出: "07:00-15:45",
  遅: "11:00-19:45",
  遅出: "11:00-19:45",
  準: "16:30-01:15",
  準夜: "16:30-01:15",
  深: "00:30-09:15",
  深夜: "00:30-09:15",
  夜: "16:30-09:30",
  夜勤: "16:30-09:30",
  当: "17:15-08:30",
  直: "17:15-08:30",
  当直: "17:15-08:30",
  日当直: "08:30-08:30",
  明: "rest",
  明け: "rest",
  休: "off",
  公: "off",
  公休: "off",
  有: "off",
  有休: "off",
  年: "off",
  年休: "off",
  夏: "off",
  夏休: "off",
  特: "off",
  特休: "off",
  代: "off",
  代休: "off",
  振: "off",
  振休: "off",
  産休: "off",
  育休: "off",
  欠: "off",
  病: "off",
  "-": "none",
  "‐": "none",
  "―": "none",
  ー: "none",
};

/** "08:30-17:15", "off", "rest" or "none"; undefined for anything else. */
export function dutyOf(text: string): Duty | undefined {
  const plain = text.normalize("NFKC").trim().toLowerCase();
  if (plain === "off") return { kind: "off" };
  if (plain === "rest" || plain === "none") return { kind: "none" };
  const [from, to, ...more] = plain.split(/\s*[-–~〜]\s*/u);
  const [start, end] = [from, to].map((time) => clockTime(time ?? ""));
  if (start === undefined || end === undefined || more.length > 0 || start === DAY) return undefined;
  return { kind: "shift", start, end };
}

/** A code as it counts: full-width forms make no difference, capitals do where a site's own codes differ by them. */
export const plainCode = (code: string): string => code.normalize("NFKC").trim();

/** Tells a site's own codes as they are written. */
export function ownCodes(own: Readonly<Record<string, string>> = {}): (code: string) => boolean {
  const known = new Set(Object.keys(own).map(plainCode));
  return (code) => known.has(plainCode(code));
}

/** The usual codes, and a site's own in their place. "d" is "D" unless both have hours of their own. */
export function dutyCodes(own: Readonly<Record<string, string>> = {}): (code: string) => Duty | undefined {
  const exact = new Map<string, Duty>();
  const loose = new Map<string, Set<string>>();
  for (const [code, text] of [...Object.entries(USUAL), ...Object.entries(own)]) {
    const duty = dutyOf(text);
    if (duty === undefined) continue;
    const plain = plainCode(code);
    exact.set(plain, duty);
    const alike = loose.get(plain.toLowerCase()) ?? new Set();
    loose.set(plain.toLowerCase(), alike.add(plain));
  }
  return (code) => {
    const plain = plainCode(code);
    const alike = loose.get(plain.toLowerCase());
    return exact.get(plain) ?? (alike?.size === 1 ? exact.get([...alike][0]!) : undefined);
  };
}

/** Two codes that are one when it is written in full-width letters, with different hours; undefined when there are none. */
export function collidingCodes(own: Readonly<Record<string, string>>): readonly [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const code of Object.keys(own)) {
    const before = seen.get(plainCode(code));
    if (before !== undefined && own[before] !== own[code]) return [before, code];
    seen.set(plainCode(code), code);
  }
  return undefined;
}
