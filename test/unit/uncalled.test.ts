import { expect, it } from "vitest";
import { codeOf, sources } from "#test/support/imports.ts";

/** knip finds exports that nobody imports; a member of an interface that nobody asks for it does not find. */
const INTERFACES = [
  ["src/ports/store.ts", "Store"],
  ["src/ports/outbox.ts", "Outbox"],
  ["src/ports/chat.ts", "ChatLog"],
  ["src/ports/messenger.ts", "Messenger"],
  ["src/ports/messenger.ts", "Capabilities"],
  ["src/ports/messenger.ts", "Directory"],
  ["src/ports/meters.ts", "Meters"],
  ["db/store/audit.ts", "AuditLog"],
  ["db/store/database.ts", "Database"],
] as const;

/** The members that an interface declares itself. */
function membersOf(file: string, name: string): readonly string[] {
  const body =
    new RegExp(`export interface ${name}\\b[^{]*\\{\\n(.*?)\\n\\}`, "su").exec(codeOf(file))?.[1] ?? "";
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gmu)].map(([, member]) => member!);
}

const callers = sources("src", "adapters").map(codeOf).join("\n");

/** Whether anybody outside the database asks a value for this member, or takes it out of one. */
const isAskedFor = (member: string): boolean =>
  new RegExp(
    `\\w\\)?[?!]?\\.${member}\\b|\\{[^{}:;]*\\b${member}\\b[^{}:;]*\\}(?:: \\w+)?(?:\\)| = )`,
    "u",
  ).test(callers);

it.each(INTERFACES)("in %s, %s has no member that only tests ask for", (file, name) => {
  const members = membersOf(file, name);

  expect(members).not.toEqual([]);
  expect(members.filter((member) => !isAskedFor(member))).toEqual([]);
});
