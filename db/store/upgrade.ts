import type { StoreContext } from "./store-context.ts";
import { masterKeyProof } from "./master-key-proof.ts";
import type { Pass } from "./row-pass.ts";
import { answersPass, textPasses } from "./sealing.ts";
import { query } from "../statements/statement.ts";
import { rows, type Steps } from "../statements/steps.ts";
import { loggedPrograms } from "./audit-anchor.ts";
import { carryingOver } from "./audit-carrying.ts";
import { DATABASE, scrubbing } from "./shared-work.ts";

/**
 * The version of the schema in which clear text of earlier versions is encrypted. Migration 0003 renames the columns, so that an older
 * Attune that still runs fails instead of reading wrong values. Migration 0004 removes the clear text.
 */
export const SEALING = 4;

/** The work between these two migrations: `once`, then each pass until nothing is left. */
export const upgrade = (
  contextOf: (program: string) => StoreContext,
): { once(): Steps<void>; readonly passes: readonly Pass[] } => {
  const db = contextOf(DATABASE);
  const { tables, masterKey } = db;
  const proof = masterKeyProof(db, masterKey);
  const t = tables.audit;
  const p = tables.person;
  const known = query({ program: p.program }, (select) => select.from(p).groupBy(p.program));
  const programs = query({ program: t.program }, (select) => select.from(t).groupBy(t.program));
  return {
    *once() {
      // An audit log is converted once. So nobody can set the schema back and have a forged log accepted as an old one.
      if ((yield* proof.read()) === "kept") return;
      const logged = (yield* rows(programs)).map(({ program }) => program);
      yield* loggedPrograms(db).write(masterKey, logged);
      for (const program of logged) yield* carryingOver(contextOf(program))();
      // If the process is killed before the files are cleared, a later beat does it.
      for (const { program } of yield* rows(known)) yield* scrubbing(contextOf(program)).owe();
      yield* proof.write();
    },
    passes: [answersPass(contextOf), ...textPasses(db, masterKey)],
  };
};
