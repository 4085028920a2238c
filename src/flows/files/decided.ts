import type { Meaning } from "#src/card/act.ts";
import { csvFile } from "#src/domain/csv.ts";
import { PEOPLE, rosterNameOf, UNDO, type FileId } from "#src/domain/files.ts";
import { usualOnShift, type PersonId } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import type { FileDesk } from "#src/ports/file-desk.ts";
import type { FileAbout, KeptFile } from "#src/ports/files.ts";
import { peopleNamed } from "#src/flows/named.ts";
import type { Said } from "#src/flows/said.ts";
import { accountTakenBack } from "../conversations/whose-account.ts";
import { choice, headed, notice } from "../notice.ts";
import { refused, shown, type Handled } from "../responses.ts";
import { differenceCard, unreadableCard, isOpen } from "./difference-card.ts";
import { differenceTable } from "./difference-table.ts";
import { canCarry, fileTap, whoApplied } from "./file-parts.ts";

type Decision = Extract<Meaning, { verb: "file" }>;

/** What a coordinator decides about a file. Whoever coordinates the program no more decides nothing, whenever the card was shown. */
export async function fileDecided(said: Said, { file: id, step, value }: Decision): Promise<Handled> {
  const { context, person, words } = said;
  const { files: say } = words.say;
  const { files: desk } = context;
  if (!person.roles.includes("coordinator") || desk === undefined) return refused("not-yours", say.notYours);
  const file = await context.store.keptFile(id);
  if (file === undefined) return replaced(notice(words, say.gone));
  if (step === "undo") return undone(said, file);
  if (file.place !== undefined)
    return replaced(notice(words, say.appliedBy(whoApplied(context, words, file))));
  switch (step) {
    case "look":
      return differenceShown(said, id, true);
    case "whole":
      return differenceShown(said, id, true, true);
    case "table":
      return differenceSent(said, file);
    case "drop":
      await context.store.dropFile(id);
      return replaced(notice(words, say.dropped(file.about.name)));
    case "part":
      return takesPart(said, file, value);
    case "sheet":
    case "month":
      await readAs(said, file, { [step]: value });
      return differenceShown(said, id, true);
    case "people-sheet":
      return takesSheet(said, desk, file, value);
    case "who":
      return replaced(whoCard(said, file, value));
    case "is":
      return named(said, file, value);
    case "apply":
      return applied(said, desk, file, value);
    default:
      return step satisfies never;
  }
}

const replaced = (card: Extract<Handled, { kind: "card" }>["card"]): Handled => ({
  kind: "card",
  card,
  replace: true,
});

/** The difference as it is now. What cannot be used is not kept any longer. */
export async function differenceShown(
  { context, words }: Said,
  id: FileId,
  replace: boolean,
  all = false,
  says?: string,
): Promise<Handled> {
  const file = await context.store.keptFile(id);
  const difference = file && (await context.files?.compare(file));
  if (file === undefined || difference === undefined)
    return { kind: "card", card: notice(words, words.say.files.gone), replace };
  if (!isOpen(difference)) await context.store.dropFile(id);
  const card = differenceCard(context, words, file, difference, all);
  return { kind: "card", card: says === undefined ? card : headed(card, says), replace };
}

/** All that it would change, as a file. The card stays as it is. */
async function differenceSent({ context, words }: Said, file: KeptFile): Promise<Handled> {
  const { files: say } = words.say;
  const difference = await context.files?.compare(file);
  const rows = difference && differenceTable(context, words, difference);
  if (rows === undefined) return shown(notice(words, say.gone));
  return {
    ...shown(notice(words, say.sent(rows.length - 1, file.about.name))),
    file: {
      name: `${say.tableName(file.about.name.replace(/\.\w+$/u, ""))}.csv`,
      bytes: csvFile(rows),
      again: fileTap(file.id, "table", ""),
    },
  };
}

const readAs = ({ context }: Said, file: KeptFile, more: NonNullable<FileAbout["reading"]>) =>
  context.store.readFileAs(file.id, { ...file.about, reading: { ...file.about.reading, ...more } });

/** The same file as another part: which one it is was asked first. */
async function takesPart(said: Said, file: KeptFile, value: string): Promise<Handled> {
  const { store } = said.context;
  const part = value as KeptFile["part"];
  // Which one it is, is asked of rosters alone.
  if (rosterNameOf(part) === undefined)
    return refused("not-understood", said.words.say.refused.notUnderstood);
  const { id: _, ...rest } = file;
  const again = await store.keepFile({ ...rest, part, bytes: await store.fileBytes(file.id) });
  await store.dropFile(file.id);
  return differenceShown(said, again!, true);
}

/** The same file as one of its sheets, which lists people. */
async function takesSheet(said: Said, desk: FileDesk, file: KeptFile, sheet: string): Promise<Handled> {
  const { context, words } = said;
  const { id, about, ...rest } = file;
  const found = await desk.recognise(about.name, await context.store.fileBytes(id), sheet);
  await context.store.dropFile(id);
  if (found.kind === "unreadable")
    return replaced(unreadableCard(context, words, about.name, found.problems));
  if (found.kind !== "part" || found.part !== PEOPLE)
    return refused("not-understood", words.say.refused.notUnderstood);
  const { bytes } = found;
  const again = await context.store.keepFile({
    ...rest,
    bytes,
    about: { name: about.name, fingerprint: desk.fingerprint(bytes) },
  });
  return differenceShown(said, again!, true);
}

/** So many people are offered for a name, where a card can carry as many; among more, the name is typed. */
const OFFERED = 20;

/** Who a name of the roster is: anybody of the program, by their names. */
function whoCard({ context, words }: Said, file: KeptFile, name: string) {
  const { files: say } = words.say;
  const on = context.program.people.filter((one) => usualOnShift(one) !== undefined);
  const back = { label: words.say.buttons.back, act: fileTap(file.id, "look", ""), style: "quiet" as const };
  const offered = on.map((one) => ({
    label: words.called(one),
    act: fileTap(file.id, "is", `${name}\n${one.id}`),
  }));
  if (on.length <= OFFERED && canCarry(offered)) return choice(words, say.whoIs(name), offered, [back]);
  return {
    locale: words.locale,
    notification: say.whoIs(name),
    blocks: [
      {
        type: "input" as const,
        text: say.whoIs(name),
        name: "who",
        placeholder: say.whoTyped,
        maximum: 100,
        submit: { label: words.say.buttons.save, act: fileTap(file.id, "is", `${name}\n`) },
      },
      { type: "actions" as const, actions: [back] },
    ],
  };
}

/** A name of the roster is somebody's: it is kept with the file, and with those that come after it. */
async function named(said: Said, file: KeptFile, value: string): Promise<Handled> {
  const { context, inbound, words } = said;
  const [name = "", chosen = ""] = value.split("\n");
  const typed = inbound.type === "submitted" ? (inbound.values["who"] ?? "") : chosen;
  const [one, other] = peopleNamed(context, typed).filter((person) => usualOnShift(person) !== undefined);
  if (one === undefined || other !== undefined || name === "")
    return replaced(headed(whoCard(said, file, name), words.say.files.nobody(typed)));
  const before = file.about.reading?.["aliases"] as Readonly<Record<string, PersonId>> | undefined;
  await readAs(said, file, { aliases: { ...before, [name]: one.id } });
  return differenceShown(said, file.id, true);
}

/** Puts a file in force if what it would change is still what was shown. */
async function applied(said: Said, desk: FileDesk, file: KeptFile, value: string): Promise<Handled> {
  const { context, person, words } = said;
  const { files: say } = words.say;
  const [over, fingerprint] = value.split(" ");
  const now = await desk.compare(file);
  if (!("fingerprint" in now)) return differenceShown(said, file.id, true);
  if (now.fingerprint !== fingerprint || now.over !== Number(over))
    return differenceShown(said, file.id, true, false, say.movedOn);
  const place = now.over === 0 ? await desk.firstVersion(file.part) : now.over;
  const taken = await context.store.takeFile(file.id, place, person.id, context.now);
  if (taken === "overtaken") return differenceShown(said, file.id, true, false, say.movedOn);
  if (taken !== "in-force")
    return fileDecided(said, { verb: "file", file: file.id, step: "look", value: "" });
  await context.store.audit(person.id, "file-applied", file.id, context.now);
  const undo = { label: words.say.buttons.undo, act: fileTap(file.id, "undo", ""), style: "quiet" as const };
  return {
    ...replaced(notice(words, say.applied(file.about.name), [undo])),
    makesDue: "plan",
  };
}

/** The version before is in force again. It is a version of its own: nothing is ever lost. */
async function undone(said: Said, file: KeptFile): Promise<Handled> {
  const { context, person, words } = said;
  const { files: say } = words.say;
  const { store, now } = context;
  const [newest, before] = await store.filesOf(file.part);
  if (newest?.id !== file.id || newest.place === undefined)
    return replaced(
      notice(words, say.notNewest(newest === undefined ? "" : whoApplied(context, words, newest))),
    );
  if (before === undefined) return replaced(notice(words, say.nothingBefore));
  if (later(newest.at, UNDO) < now) return replaced(notice(words, say.undoLate));
  const { id: _, place: __, ...rest } = before;
  const bytes = await store.fileBytes(before.id);
  const id = await store.keepFile({ ...rest, at: now, by: person.id, why: "undo", bytes }, newest.place);
  if (id === undefined) return undone(said, file);
  await store.audit(person.id, "file-undone", file.id, now);
  await accountTakenBack(context, file.id);
  return { ...replaced(notice(words, say.undone(file.about.name, before.about.name))), makesDue: "plan" };
}
