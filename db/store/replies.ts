import { and, asc, eq, gte, isNull, lt, or, sql } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { query, rows, type Values } from "../statements/statement.ts";
import { placeholder, hidden, is } from "./placeholders.ts";
import { openReplies, replyColumns } from "./reply-row.ts";

type Reads = Pick<Store, "replies" | "repliesOfPair" | "repliesOf" | "repliesDuring">;

/** Answers in force. Superseded ones stay in the table and come out in a person's export only. */
export const replies = (context: StoreContext): Reads => {
  const { program, tables } = context;
  const t = tables.reply;
  const inForce = and(is(t.program, program), isNull(t.supersededBy));
  const givenIn = and(gte(t.at, placeholder("from")), lt(t.at, placeholder("to")));
  const find = (where: ReturnType<typeof and>) =>
    query(replyColumns(tables), (select) =>
      select.from(t).where(and(inForce, where)).orderBy(asc(t.at), asc(t.id)),
    );

  const side = (by: string, about: string) =>
    and(eq(t.person, hidden(by)), or(isNull(t.about), eq(t.about, placeholder(about))));
  const occasions = (by: string, about: string) =>
    sql`${t.occasion} in (select r.occasion from ${t} r where r.program = ${program} and r.superseded_by is null
      and r.person = ${placeholder(by)} and (r.about is null or r.about = ${placeholder(about)}))`;

  // SQLite would walk through every reply of the program in order rather than sort a pair's few: the plus
  // keeps its hands off the index by time.
  const findFew = (where: ReturnType<typeof and>) =>
    query(replyColumns(tables), (select) =>
      select
        .from(t)
        .where(and(inForce, where))
        .orderBy(sql`+${t.at}`, asc(t.id)),
    );

  const toOccasion = find(eq(t.occasion, hidden("occasion")));
  const ofPair = findFew(
    and(
      or(side("resident", "attending"), side("attending", "resident")),
      occasions("resident", "attending"),
      occasions("attending", "resident"),
    ),
  );
  const ofPerson = find(and(eq(t.person, hidden("person")), givenIn));
  const during = find(givenIn);
  const opened = openReplies(context);
  const reading = (statement: ReturnType<typeof find>, values: Values) =>
    context.read(function* () {
      return yield* opened(yield* rows(statement, values));
    });

  return {
    replies: (occasion) => reading(toOccasion, { occasion }),
    repliesOfPair: (resident, attending) => reading(ofPair, { resident, attending }),
    repliesOf: (person, from, to) => reading(ofPerson, { person, from, to }),
    repliesDuring: (from, to) => reading(during, { from, to }),
  };
};
