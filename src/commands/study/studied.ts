import type { Program, Research } from "#src/domain/program.ts";
import type { PersonId } from "#src/domain/person.ts";
import { zoneOf } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { studyData, type StudyData } from "#src/study/dataset.ts";
import type { StoredProgram } from "../stored-program.ts";

/** What a study may have of what is stored now. */
export interface Studied {
  readonly research: Research;
  readonly data: StudyData;
}

/** @throws AttuneError "config" where the program has no study, or too few people take part yet. */
export async function studied({ program, store, now }: StoredProgram): Promise<Studied> {
  const { research } = program;
  if (research === undefined)
    throw new AttuneError(
      "config",
      "program.yaml has no `research:`; docs/study.md says what to write there.",
    );
  const { assignments } = await store.roster();
  const ids = new Set<PersonId>([
    ...program.people.map(({ id }) => id),
    ...assignments.map(({ person }) => person),
  ]);
  const replies = new Map<PersonId, Awaited<ReturnType<typeof store.export>>["replies"]>();
  for (const id of ids) replies.set(id, (await store.export(id)).replies);
  const data = studyData({ program, zone: zoneOf(program.timeZone), assignments, replies, now })!;
  if (data.rows.length === 0) throw tooFew(program);
  return { research, data };
}

const tooFew = ({ policy: { aggregate } }: Program): AttuneError =>
  new AttuneError(
    "config",
    `There is nothing to show yet: a rotation needs answers of ${aggregate.residents} residents and ${aggregate.attendings} attendings who take part in the study.`,
  );
