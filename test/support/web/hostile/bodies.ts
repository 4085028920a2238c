import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { LONGEST_ACT } from "#src/card/act.ts";
import { json, right, tapOf, type Hostile, type Loot } from "./loot.ts";

/** Bodies that cannot be read, or are more than is read. */
export function brokenBodies(loot: Loot): readonly Hostile[] {
  const bodies: readonly (readonly [string, string | Buffer, number])[] = [
    ["nothing", "", 400],
    ["half an object", '{"person":"r1"', 400],
    ["a list", "[]", 400],
    ["null", "null", 400],
    ["a number", "1e309", 400],
    ["a text", '"r1"', 400],
    ["single quotes", "{'person':'r1'}", 400],
    ["a trailing comma", '{"person":"r1",}', 400],
    ["no number", '{"message":NaN}', 400],
    ["zero bytes", Buffer.alloc(64), 400],
    ["broken UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400],
    ["a deep nest", "[".repeat(8000) + "]".repeat(8000), 400],
    ["a deep object", '{"a":'.repeat(2000) + "1" + "}".repeat(2000), 400],
    ["packed", gzipSync('{"person":"r1"}'), 400],
    ["17 kilobytes", JSON.stringify({ ...tapOf(loot), act: "x".repeat(17_000) }), 413],
    ["a megabyte", "x".repeat(1_000_000), 413],
  ];
  const chunked = { ...right(loot), "transfer-encoding": "chunked" };
  return [
    ...bodies.map(([name, body, status]) => ({
      name: `a body that is ${name}`,
      method: "POST",
      path: "/press",
      headers: right(loot),
      body,
      status,
    })),
    {
      name: "200 kilobytes whose length is not told",
      method: "POST",
      path: "/say",
      headers: chunked,
      body: "x".repeat(200_000),
      status: 413,
    },
  ];
}

/** Bodies that can be read, with a field that is not what it should be. */
export function wrongFields(loot: Loot): readonly Hostile[] {
  const tap = tapOf(loot);
  const submission = { ...tap, values: { line: "x" } };
  const saying = { person: loot.person, event: randomUUID(), text: "help" };
  const own = (body: object, name: string, value: unknown): string =>
    `{"${name}":${JSON.stringify(value)},${JSON.stringify(body).slice(1)}`;
  const cases: readonly (readonly [string, string, unknown])[] = [
    ...(["person", "event", "message", "act"] as const).map(
      (field) => [`no ${field}`, "/press", { ...tap, [field]: undefined }] as const,
    ),
    ...[7, null, true, [], {}, "", "x".repeat(129)].map(
      (person) =>
        [`a person that is ${JSON.stringify(person).slice(0, 9)}`, "/press", { ...tap, person }] as const,
    ),
    ...["", "1", "' or 1=1 --", "../../etc", 7, [randomUUID()], `${randomUUID()}\n`].map(
      (event) => [`an event that is ${JSON.stringify(event)}`, "/press", { ...tap, event }] as const,
    ),
    ...[0, -1, 1.5, "1", null, true, 2 ** 53, {}].map(
      (message) => [`a message that is ${JSON.stringify(message)}`, "/press", { ...tap, message }] as const,
    ),
    [
      "a message beyond all numbers",
      "/press",
      JSON.stringify(tap).replace(/"message":\d+/, '"message":1e400'),
    ],
    ...["", 7, null, ["say/stop"], "x".repeat(LONGEST_ACT + 1)].map(
      (act) => [`an act that is ${JSON.stringify(act).slice(0, 12)}`, "/press", { ...tap, act }] as const,
    ),
    ["a field too many", "/press", { ...tap, admin: true }],
    ["a prototype in place of a field", "/press", own(tap, "__proto__", { person: "r1" })],
    ["a constructor", "/press", own(tap, "constructor", { prototype: { admin: true } })],
    ["a toString", "/press", own(tap, "toString", "x")],
    ["values that are a list", "/submit", { ...submission, values: ["x"] }],
    ["values that are text", "/submit", { ...submission, values: "x" }],
    ["a value that is a number", "/submit", { ...submission, values: { line: 1 } }],
    ["a value that is an object", "/submit", { ...submission, values: { line: { toString: "x" } } }],
    ["a prototype among the values", "/submit", JSON.stringify(submission).replace('"line"', '"__proto__"')],
    [
      "too many values",
      "/submit",
      { ...submission, values: Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`v${i}`, "x"])) },
    ],
    ["a name with a tag", "/submit", { ...submission, values: { "<b>": "x" } }],
    ["no text", "/say", { ...saying, text: "" }],
    ["only blanks", "/say", { ...saying, text: " \n\t " }],
    ["text that is a list", "/say", { ...saying, text: ["help"] }],
    ["a leap that there is none of", "/jump", { jump: "decade" }],
    ["a leap that is a list", "/jump", { jump: ["week"] }],
    ["a leap of the prototype's", "/jump", { jump: "__proto__" }],
    ["a start over with a wish", "/start-over", { keep: true }],
    ["a language that there is none of", "/language", { event: randomUUID(), locale: "xx" }],
  ];
  return [
    ...cases.map(([name, path, body]) => ({
      ...json(loot, path, body),
      name: `${path}: ${name}`,
      status: 400,
    })),
    {
      ...json(loot, "/say", { ...saying, text: "x".repeat(4_001) }),
      name: "/say: text of 4,001 characters",
      status: 422,
    },
    {
      ...json(loot, "/submit", { ...submission, values: { line: "x".repeat(4_001) } }),
      name: "/submit: a value of 4,001 characters",
      status: 422,
    },
  ];
}
