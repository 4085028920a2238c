import { z } from "zod";
import { LONGEST_ACT } from "#src/card/act.ts";
import type { Act } from "#src/card/card.ts";
import type { Jump } from "#src/ports/stage.ts";

/** The fields of a body, or the name of the first wrong one. */
export type Parsed<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly field: string };

const NAME = /^[a-z][a-z0-9._-]{0,63}$/i;
const VALUES_MAXIMUM = 12;
/** The longest text in characters: above all limits of the core, which says by itself what is too long. */
export const TEXT_MAXIMUM = 4_000;

const person = z.string().min(1).max(128);
const act = z
  .string()
  .min(1)
  .max(LONGEST_ACT)
  .transform((text) => text as Act);
const text = z.string().refine((given) => given.trim() !== "");
const message = z.int().positive();
/** An id that the browser makes for each tap (crypto.randomUUID), to recognise a repeated request. */
const event = z.uuid().transform((id) => `web:${id.toLowerCase()}`);
/** A file's name, and its bytes as base64. */
const name = z
  .string()
  .min(1)
  .max(200)
  .refine((given) => given.trim() !== "");
const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, "base64")));
const jump = z.enum(["next-message", "hour", "end-of-shift", "week"] satisfies readonly Jump[]);
const locale = z.enum(["en", "ja"]);
/** zod ignores the key `__proto__`. Here it is refused like every other wrong name. */
const values = z.preprocess(
  (given) =>
    typeof given === "object" && given !== null && Object.hasOwn(given, "__proto__") ? null : given,
  z.record(z.string().regex(NAME), z.string()).refine((given) => Object.keys(given).length <= VALUES_MAXIMUM),
);

export const tap = fields({ person, event, message, act });
export const submission = fields({ person, event, message, act, values });
export const saying = fields({ person, event, text });
export const giving = fields({ person, event, name, bytes });
export const opening = fields({ person, event });
export const jumping = fields({ jump });
export const speaking = fields({ event, locale });
export const nothingAsked = fields({});

/** Checks a body. All fields are required, and no others are allowed. */
function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  const schema = z.strictObject(shape);
  return (given: unknown): Parsed<z.output<typeof schema>> => {
    const { success, data, error } = schema.safeParse(given);
    return success ? { ok: true, body: data } : { ok: false, field: wrongField(error) };
  };
}

/** The field's name for the answer, if it is a valid name: a body may contain anything. */
function wrongField({ issues: [issue] }: z.ZodError): string {
  const name = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path[0];
  return typeof name === "string" && NAME.test(name) ? name : "body";
}
