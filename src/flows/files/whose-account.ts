import type { PersonId } from "#src/domain/person.ts";
import {
  readUnknown,
  stillKept,
  UNKNOWN_ACCOUNTS,
  withAnswer,
  withoutAnswer,
  type AccountAnswer,
  type AccountQuestion,
} from "#src/domain/unknown-accounts.ts";
import { PEOPLE, type FileId } from "#src/domain/files.ts";
import type { FileDesk } from "#src/ports/file-desk.ts";
import type { Said } from "#src/flows/said.ts";
import { peopleNamed } from "#src/flows/named.ts";
import { whoseAccountCard, withoutAccount } from "../conversations/whose-account.ts";
import { headed } from "../notice.ts";
import type { Handled } from "../responses.ts";
import { differenceShown, fileDecided } from "./decided.ts";
import { waiting } from "./given.ts";

/**
 * A coordinator says whose an account is, or that it is nobody's of the program. The first answer counts; whoever comes later reads it.
 * An account that is somebody's goes into the list of people at once, as any other change of it, and can be taken back as one.
 *
 * @param value the question's number and its program
 */
export async function whoseAnswered(
  said: Said,
  desk: FileDesk,
  chosen: PersonId | undefined,
  value: string,
): Promise<Handled> {
  const { context, inbound, words } = said;
  const [subject = "", program] = value.split(" ");
  const shown = (says?: string) => answered(said, subject, says);
  const before = await context.store.note(UNKNOWN_ACCOUNTS);
  const { open } = stillKept(readUnknown(before), context.now);
  const question = open.find(({ id }) => `${id}` === subject);
  if (question === undefined || program !== context.program.id) return shown();
  if (chosen === undefined && inbound.type !== "submitted") {
    await keeps(said, before, question);
    return shown();
  }
  const typed = inbound.type === "submitted" ? (inbound.values["line"] ?? "").trim() : "";
  const named = chosen === undefined ? peopleNamed(context, typed) : [];
  const person = chosen ?? (named.length === 1 ? named[0]!.id : undefined);
  const may = (await withoutAccount(context, question.platform)).some(({ id }) => id === person);
  if (person === undefined || !may) return shown(words.say.whose.notTheirs);
  return taken(said, desk, { question, person, before });
}

async function answered({ context, person, words }: Said, subject: string, says?: string): Promise<Handled> {
  const card = await whoseAccountCard(context, subject, person, words);
  return { kind: "card", card: says === undefined ? card : headed(card, says), replace: true };
}

/** Keeps an answer; false where somebody else has answered meanwhile, or anything else has changed. */
async function keeps(
  { context, person }: Said,
  before: string | undefined,
  question: AccountQuestion,
  is?: AccountAnswer["is"],
): Promise<boolean> {
  const { store, now } = context;
  const mark = await store.accountMark(question);
  const answer = { id: question.id, at: now, by: person.id, mark, ...(is && { is }) };
  const after = withAnswer(stillKept(readUnknown(before), now), answer);
  return store.keepUnknownAccounts(before, JSON.stringify(after), now, [question.id]);
}

/**
 * The account goes into the person's row. The list that says so is made first and put in force last: a process that is killed between leaves
 * the account nobody's, and it is asked about anew when it writes again.
 */
async function taken(
  said: Said,
  desk: FileDesk,
  { question, person, before }: { question: AccountQuestion; person: PersonId; before: string | undefined },
): Promise<Handled> {
  const { context, words } = said;
  const { store, now } = context;
  const { platform, account, id } = question;
  const file = await desk.editPeople({ kind: "account", person, platform, account });
  if (file === undefined) return answered(said, `${id}`, words.say.people.gone);
  const fingerprint = desk.fingerprint(file.bytes);
  const version: FileId = await waiting(said, desk, PEOPLE, { name: file.name, fingerprint }, file);
  const difference = await desk.compare((await store.keptFile(version))!);
  if (!("fingerprint" in difference)) return differenceShown(said, version, true);
  if (!(await keeps(said, before, question, { person, file: version }))) {
    await store.dropFile(version);
    return answered(said, `${id}`);
  }
  const value = `${difference.over} ${difference.fingerprint}`;
  const applied = await fileDecided(said, { verb: "file", file: version, step: "apply", value });
  if (applied.makesDue === "plan") return { ...(await answered(said, `${id}`)), makesDue: "plan" };
  // Somebody else has changed the list meanwhile.
  await store.dropFile(version);
  for (let is = await store.note(UNKNOWN_ACCOUNTS); ; is = await store.note(UNKNOWN_ACCOUNTS)) {
    const after = withoutAnswer(readUnknown(is), question);
    if (await store.keepUnknownAccounts(is, JSON.stringify(after), now, [id])) break;
  }
  return answered(said, `${id}`, words.say.files.movedOn);
}
