import type { Act, Locale } from "#src/card/card.ts";
import type { Jump } from "#src/ports/stage.ts";

/** What a page may ask for, once its fields are known to be what they should be. */
export interface Tap {
  readonly person: string;
  readonly event: string;
  readonly message: number;
  readonly act: Act;
}

export interface Submission extends Tap {
  readonly values: Readonly<Record<string, string>>;
}

export interface Saying {
  readonly person: string;
  readonly event: string;
  readonly text: string;
}

export interface Opening {
  readonly person: string;
  readonly event: string;
}

/** A body as the fields that were asked for, or the name of the first that is not right. */
export type Parsed<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly field: string };

type Check<Value> = (value: unknown) => Value | undefined;

/** Browsers mint these (crypto.randomUUID): one for each tap, so that a repeated request is known as such. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const NAME = /^[a-z][a-z0-9._-]{0,63}$/i;
const VALUES_MAXIMUM = 12;
/** In characters: above every limit of the core's, which says for itself what is too long. */
export const TEXT_MAXIMUM = 4_000;

const string =
  (maximum: number): Check<string> =>
  (value) =>
    typeof value === "string" && value.length > 0 && value.length <= maximum ? value : undefined;

const person = string(128);
const act: Check<Act> = (value) => string(512)(value) as Act | undefined;
const text: Check<string> = (value) => (typeof value === "string" && value.trim() !== "" ? value : undefined);
const message: Check<number> = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined;
const event: Check<string> = (value) =>
  typeof value === "string" && UUID.test(value) ? `web:${value.toLowerCase()}` : undefined;

const JUMPS: readonly Jump[] = ["next-message", "hour", "end-of-shift", "week"];
const jump: Check<Jump> = (value) => JUMPS.find((known) => known === value);

const locale: Check<Locale> = (value) => (value === "en" || value === "ja" ? value : undefined);

const values: Check<Readonly<Record<string, string>>> = (value) => {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  const right = entries.every(([name, entry]) => NAME.test(name) && typeof entry === "string");
  return right && entries.length <= VALUES_MAXIMUM
    ? (Object.fromEntries(entries) as Record<string, string>)
    : undefined;
};

export const tap = fields<Tap>({ person, event, message, act });
export const submission = fields<Submission>({ person, event, message, act, values });
export const saying = fields<Saying>({ person, event, text });
export const opening = fields<Opening>({ person, event });
export const jumping = fields<{ readonly jump: Jump }>({ jump });
export const speaking = fields<{ readonly event: string; readonly locale: Locale }>({ event, locale });
export const nothingAsked = fields<object>({});

/** Checks a body against its fields, all of which are needed and beside which there is no other. */
function fields<Body extends object>(checks: {
  readonly [Field in keyof Body]: Check<Body[Field]>;
}): (body: unknown) => Parsed<Body> {
  const names = Object.keys(checks) as (keyof Body & string)[];
  return (given) => {
    if (!isRecord(given)) return { ok: false, field: "body" };
    const stranger = Object.keys(given).find((name) => !names.includes(name as keyof Body & string));
    if (stranger !== undefined) return { ok: false, field: NAME.test(stranger) ? stranger : "body" };
    const body: Partial<Body> = {};
    for (const name of names) {
      const value = Object.hasOwn(given, name) ? checks[name](given[name]) : undefined;
      if (value === undefined) return { ok: false, field: name };
      body[name] = value;
    }
    return { ok: true, body: body as Body };
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
