import type { Role } from "../domain/person.ts";
import type { PeopleMistake } from "../domain/people-mistake.ts";
import { quoted } from "#src/roster/text/problem.ts";

/** How offices write the roles. 専攻医 and 事務長 are none: they may be either of two, or nobody of ours. */
const WORDS: Readonly<Record<Role, readonly string[]>> = {
  resident: ["resident", "研修医", "初期研修医", "臨床研修医"],
  attending: ["attending", "指導医", "上級医", "臨床研修指導医"],
  coordinator: [
    "coordinator",
    "コーディネーター",
    "コーディネータ",
    "研修担当者",
    "研修担当",
    "事務",
    "事務担当",
  ],
};

const ROLES: ReadonlyMap<string, Role> = new Map(
  (Object.entries(WORDS) as [Role, readonly string[]][]).flatMap(([role, words]) =>
    words.map((word) => [word, role] as const),
  ),
);

/** The role that a word means, in either language and however wide its letters are. */
export const roleOf = (word: string): Role | undefined =>
  ROLES.get(word.normalize("NFKC").trim().toLowerCase());

/** What a cell of roles says: "resident+attending", 「研修医・指導医」, the usual one first. */
const wordsOf = (cell: string): readonly string[] =>
  cell
    .normalize("NFKC")
    .split(/[+・、]/u)
    .map((part) => part.trim());

/** The roles of a cell as far as they are any, each once. */
export const rolesIn = (cell: string): readonly Role[] => [
  ...new Set(wordsOf(cell).flatMap((word) => roleOf(word) ?? [])),
];

/** What is wrong about a cell of roles, and what to write. */
export function wrongRole(
  cell: string,
  isJapanese: boolean,
): readonly [mistake: PeopleMistake, message: string, todo: string] | undefined {
  const write = isJapanese
    ? "write 研修医, 指導医 or 研修担当者, or several, the usual one first: 研修医+指導医"
    : "write resident, attending or coordinator, or several, the usual one first: resident+attending";
  if (cell === "") return [{ code: "empty" }, "it is empty", write];
  const words = wordsOf(cell);
  const other = words.find((word) => roleOf(word) === undefined);
  if (other === "")
    return [{ code: "half-role", text: cell }, `${quoted(cell)} has no role on one side of a +`, write];
  if (other !== undefined) return [{ code: "role", text: other }, `${quoted(other)} is no role`, write];
  const twice = words.find((word, at) => words.findIndex((one) => roleOf(one) === roleOf(word)) !== at);
  return twice === undefined
    ? undefined
    : [{ code: "role-twice", text: twice }, `${quoted(twice)} is there twice`, "write each role once"];
}
