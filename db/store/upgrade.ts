import type { StoreContext } from "./store-context.ts";
import { masterKeyProof } from "./master-key-proof.ts";
import type { Pass } from "./row-pass.ts";
import { answersPass, textPasses } from "./sealing.ts";
import { query, rows, type Steps } from "../statements/statement.ts";
import { loggedPrograms } from "./audit-anchor.ts";
import { carryingOver } from "./audit-carrying.ts";
import { DATABASE } from "./notes.ts";
import { scrubbing } from "./scrubbing.ts";

/**
 * The schema (as many migrations) in which what earlier versions kept in clear is being sealed. Migration 0003 renames its columns, so that
 * an older Attune that still runs is refused instead of misreading; 0004 takes the clear one away.
 */
export const SEALING = 4;

/** What is done between the two: first once, then each pass until nothing is left. */
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
      // A log is carried over once: whoever sets the schema back cannot have a forged one taken for an old one.
      if ((yield* proof.read()) === "kept") return;
      const logged = (yield* rows(programs)).map(({ program }) => program);
      yield* loggedPrograms(db).write(masterKey, logged);
      for (const program of logged) yield* carryingOver(contextOf(program))();
      // Killed before the files were cleared of what stood in them, it leaves that to the next beat.
      for (const { program } of yield* rows(known)) yield* scrubbing(contextOf(program)).owe();
      yield* proof.write();
    },
    passes: [answersPass(contextOf), ...textPasses(db, masterKey)],
  };
};
