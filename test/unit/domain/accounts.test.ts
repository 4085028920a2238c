import { describe, expect, it } from "vitest";
import { mayStandFor } from "#src/domain/person.ts";
import { someone } from "#test/support/programs.ts";

const account = { platform: "slack", account: "U1" };
const named = (id: string, slack: string) => someone(id, { accounts: { slack } });

describe("an account that was found by e-mail or remembered", () => {
  it.each([
    ["that people.csv names for nobody stands for somebody without one", [], someone("r1"), true],
    ["that people.csv names for another stands for nobody else", [named("a1", "u1")], someone("r1"), false],
    ["stands for whom people.csv names it for, in capitals or not", [], named("r1", "u1"), true],
    ["stands for nobody whom people.csv gives another account", [], named("r1", "U2"), false],
    ["stands for somebody whose sign-in people.csv has", [], named("r1", "r1@example.org"), true],
    [
      "that people.csv names for another does not stand for somebody whose sign-in it has",
      [named("a1", "U1")],
      named("r1", "r1@example.org"),
      false,
    ],
  ])("%s", (_, others, person, may) => {
    expect(mayStandFor([person, ...others], person, account)).toBe(may);
  });
});
