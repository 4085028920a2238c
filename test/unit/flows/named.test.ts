import { expect, it } from "vitest";
import { peopleNamed } from "#src/flows/named.ts";
import { programOf, someone } from "#test/support/programs.ts";

const sato = someone("r1", { name: "佐藤 健", nameEn: "Ken Sato" });
const okafor = someone("a1", { name: "Daniel Okafor" });
const program = { ...programOf(), people: [sato, okafor, someone("a2", { name: "Grace Okafor" })] };

it.each([
  ["r1", ["r1"]],
  ["佐藤 健", ["r1"]],
  ["佐藤先生", ["r1"]],
  ["健", ["r1"]],
  ["Ken Sato", ["r1"]],
  ["dr. sato", ["r1"]],
  ["Daniel", ["a1"]],
  ["Okafor", ["a1", "a2"]],
  ["Grace Okafor", ["a2"]],
  ["Oka", []],
  ["", []],
])("%j means %j", (name, ids) => {
  expect(peopleNamed({ program }, name).map(({ id }) => id)).toEqual(ids);
});
