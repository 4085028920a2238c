import { describe, expect, it } from "vitest";
import { isPlain } from "#src/flows/acts/people.ts";
import type { Inbound } from "#src/ports/inbound.ts";

const SENDER = { platform: "memory", account: "U1", address: "D1" };
const said = (over: object, sender: object = {}) =>
  ({ type: "said", event: "e1", text: "help", ...over, sender: { ...SENDER, ...sender } }) as Inbound;
const pressed = (message: string) =>
  ({ type: "pressed", event: "e1", act: "show/1", message, sender: SENDER }) as unknown as Inbound;

/** An act with this in the place of each id by which it is known, in turn. */
const withId = (id: string): readonly Inbound[] => [
  said({ event: id }),
  said({}, { platform: id }),
  said({}, { account: id }),
  said({}, { address: id }),
  pressed(id),
];

describe("an act is known", () => {
  it.each([
    ["a letter", "a", true],
    ["a thousand letters", "a".repeat(1_000), true],
    ["more letters than an index bears", "a".repeat(1_001), false],
    ["nothing", "", false],
    ["a letter that nobody sees", "a\u0000", false],
    ["half a letter", "a\ud800", false],
  ])("by ids that are all as a platform writes them: %s", (_, id, isKnown) => {
    expect(withId(id).map(isPlain)).toEqual(withId(id).map(() => isKnown));
  });

  it("also where it names no message", () => {
    expect(isPlain(said({}))).toBe(true);
  });
});
