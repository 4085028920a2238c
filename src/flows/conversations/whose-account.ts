import { act } from "#src/card/act.ts";
import type { Act, Block, Card } from "#src/card/card.ts";
import { UNDO } from "#src/domain/files.ts";
import { nameIn, type Account, type Person, type PersonId } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import {
  readUnknown,
  stillKept,
  UNKNOWN_ACCOUNTS,
  type AccountAnswer,
  type AccountQuestion,
} from "#src/domain/unknown-accounts.ts";
import { AttuneError } from "#src/errors.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { nameOf } from "../named.ts";
import { notice } from "../notice.ts";

/** So many people stand as buttons; among more, the name is typed. */
const OFFERED = 20;

/** What a tap on the question means: of this program, since somebody may coordinate several. Without a person, nobody of it. */
export const whoseTap = ({ program }: Pick<Context, "program">, id: number, person?: PersonId): Act =>
  act({ verb: "people", step: "whose", person, value: `${id} ${program.id}` });

/** Whether an account is somebody's of this program after all: by the list of people, or since they agreed as them. */
export const isSomebodys = async ({ store, isNamed }: Context, account: Account): Promise<boolean> =>
  isNamed(account) || (await store.knownBy(account.platform, account.account)) !== undefined;

/** Whose an account may be: people who have none on its platform. */
export async function withoutAccount(
  { program, store }: Pick<Context, "program" | "store">,
  platform: string,
): Promise<readonly Person[]> {
  const unnamed = program.people.filter(({ accounts }) => accounts[platform] === undefined);
  const known = await Promise.all(unnamed.map(({ id }) => store.identities(id)));
  return unnamed.filter((_, at) => !known[at]!.some((one) => one.platform === platform));
}

/** Whose an account is that wrote to Attune, for a coordinator; once somebody has said it, who, and what. */
export async function whoseAccountCard(
  context: Context,
  subject: string,
  reader: Person,
  words: Words,
): Promise<Card> {
  const { say } = words;
  const over = notice(words, say.closed.nothing);
  if (!reader.roles.includes("coordinator")) return over;
  const { open, answered } = stillKept(readUnknown(await context.store.note(UNKNOWN_ACCOUNTS)), context.now);
  const answer = answered.find(({ id }) => `${id}` === subject);
  if (answer !== undefined) return answerCard(context, answer, words);
  const question = open.find(({ id }) => `${id}` === subject);
  if (question === undefined || (await isSomebodys(context, question))) return over;
  return questionCard(context, question, words);
}

async function questionCard(context: Context, question: AccountQuestion, words: Words): Promise<Card> {
  const { whose: say } = words.say;
  const people = await withoutAccount(context, question.platform);
  return {
    locale: words.locale,
    notification: say.title,
    blocks: [
      { type: "title", text: say.title, note: words.program },
      { type: "text", text: say.wrote(await shownAs(context, question), words.format.moment(question.at)) },
      ...pickerOf(context, question, people, words),
      {
        type: "actions",
        actions: [{ label: say.nobody, act: whoseTap(context, question.id), style: "quiet" }],
      },
      { type: "text", text: say.newcomer, tone: "quiet" },
    ],
  };
}

function pickerOf(
  context: Context,
  { id }: AccountQuestion,
  people: readonly Person[],
  words: Words,
): readonly Block[] {
  const { whose: say, files, buttons } = words.say;
  if (people.length === 0) return [{ type: "text", text: say.allHave }];
  if (people.length <= OFFERED) {
    const choices = people.map((one) => ({
      label: nameIn(words.locale, one),
      act: whoseTap(context, id, one.id),
    }));
    return [{ type: "question", text: say.which, choices }];
  }
  return [
    {
      type: "input",
      text: say.which,
      name: "line",
      placeholder: files.whoTyped,
      maximum: 100,
      submit: { label: buttons.save, act: whoseTap(context, id) },
    },
  ];
}

/** How a coordinator may recognize an account: by the e-mail that its platform confirms, else as the platform names it. */
async function shownAs({ emailsOf }: Context, { platform, account }: AccountQuestion): Promise<string> {
  try {
    return (await emailsOf?.({ platform, account }))?.[0] ?? account;
  } catch (error) {
    // Its platform cannot say it just now.
    if (error instanceof AttuneError) return account;
    throw error;
  }
}

function answerCard(context: Context, { by, at, is }: AccountAnswer, words: Words): Card {
  const { whose: say, buttons } = words.say;
  const called = (id: PersonId): string => nameOf(context, words, id);
  const [who, when] = [called(by), words.format.moment(at)];
  if (is === undefined) return notice(words, say.isNobodys(who, when));
  const undo = act({ verb: "file", file: is.file as never, step: "undo", value: "" });
  const canUndo = later(at, UNDO) >= context.now;
  return notice(
    words,
    say.isTheirs(called(is.person), who, when),
    canUndo ? [{ label: buttons.undo, act: undo, style: "quiet" }] : [],
  );
}

/** Where a list of people is taken back that gave somebody an account, that account is theirs no more, whatever it did meanwhile. */
export async function accountTakenBack({ store }: Pick<Context, "store">, file: string): Promise<void> {
  const { answered } = readUnknown(await store.note(UNKNOWN_ACCOUNTS));
  for (const { mark, is } of answered) {
    if (is?.file !== file) continue;
    for (const one of await store.identities(is.person))
      if ((await store.accountMark(one)) === mark) await store.forgetIdentity(is.person, one.platform);
  }
}
