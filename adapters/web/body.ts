import type { Context } from "hono";
import { refuse } from "./guard.ts";
import type { Parsed } from "./requests.ts";

/** Reads a request's JSON and answers with `then`. Refuses a body that cannot be read. */
export async function withBody<Body>(
  c: Context,
  parse: (body: unknown) => Parsed<Body>,
  then: (body: Body) => Promise<Response>,
): Promise<Response> {
  let given: unknown;
  try {
    given = JSON.parse(await c.req.text());
  } catch {
    return refuse(c, 400, "json");
  }
  const parsed = parse(given);
  return parsed.ok ? then(parsed.body) : refuse(c, 400, "fields", { field: parsed.field });
}
