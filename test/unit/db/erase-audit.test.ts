import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { personId } from "#src/domain/person.ts";
import { instant } from "#src/domain/time.ts";

it("an erasing stands in the audit log with who had it done, in the same commit", async () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-audit-"));
  const file = join(folder, "attune.db");
  const db = openSqlite({ file, keys: passingKey() });
  const store = db.store("p");

  await store.audit("command-line", "export", "anna", instant(1));
  await store.erase(personId("anna"), instant(2), "chat");

  expect(await store.auditTrouble()).toBeUndefined();
  await db.close();
  const raw = new Database(file, { readonly: true });
  const entries = raw.prepare("select at, actor, what, subject from audit order by id").all();
  raw.close();
  rmSync(folder, { recursive: true });
  expect(entries).toEqual([
    { at: 1, actor: "command-line", what: "export", subject: "anna" },
    { at: 2, actor: "chat", what: "erase", subject: "anna" },
  ]);
});
