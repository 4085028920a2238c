import { FILE_ENDINGS, LARGEST_FILE, type FileRead, type Inbound } from "#src/ports/inbound.ts";
import type { Card } from "#src/card/card.ts";
import { PEOPLE, rosterNameOf, type FileId, type FilePart } from "#src/domain/files.ts";
import type { FileAbout } from "#src/ports/files.ts";
import type { FileDesk } from "#src/ports/file-desk.ts";
import type { Said } from "#src/flows/said.ts";
import { choice, headed, notice } from "../notice.ts";
import { refused, shown, type Handled } from "../responses.ts";
import { unreadableCard } from "./difference-card.ts";
import { fileTap } from "./file-parts.ts";
import { differenceShown } from "./decided.ts";

type Given = Extract<Inbound, { type: "file" }>;

const READ = new RegExp(`\\.(?:${FILE_ENDINGS.join("|")})$`, "iu");

/** Whether somebody may give rosters and lists of people here. */
export const mayGiveFiles = ({ person, context }: Said): boolean =>
  context.files !== undefined && person.roles.includes("coordinator");

/** Whether somebody may give a file of this name. Of any other nothing is fetched. */
export const takesFile = (said: Said, { file }: Given): boolean => mayGiveFiles(said) && READ.test(file.name);

/** The act as anybody else's: the file is not read, what was typed beside it is. */
export const onlyItsText = ({ event, sender, text }: Given): Extract<Inbound, { type: "said" }> => ({
  type: "said",
  event,
  sender,
  text,
  hasFile: true,
});

/**
 * A coordinator gives a file: it is read, compared, and waits until somebody applies it. A platform may tell two processes of the same
 * file, since reading it takes a while, and tells another one where the first has ended. Whichever has read it first answers.
 */
export async function fileGiven(said: Said, given: Given): Promise<Handled> {
  const { context, person, words } = said;
  const { response, kept } = await answerTo(said, given);
  if (await context.store.fileAnswered(given.event, person.id, context.now))
    return given.file.isOneOfSeveral === true && response.kind === "card"
      ? { ...response, card: headed(response.card, words.say.files.onlyOne(given.file.name)) }
      : response;
  if (kept !== undefined) await context.store.dropFile(kept);
  return refused("already-received", words.say.refused.again);
}

interface Answer {
  readonly response: Handled;
  /** The version that waits. */
  readonly kept?: FileId;
}

const only = (card: Card): Answer => ({ response: shown(card) });

async function answerTo(said: Said, { file }: Given): Promise<Answer> {
  const { context, words } = said;
  const { files: desk } = context;
  const { files: say } = words.say;
  if (desk === undefined) return only(notice(words, say.notHere));
  const read = await file.read();
  if ("trouble" in read) return only(notice(words, say.troubles[read.trouble](file.name)));
  if (read.bytes.length > LARGEST_FILE) return only(notice(words, say.troubles["too-large"](file.name)));
  const recognised = await desk.recognise(file.name, read.bytes);
  if (recognised.kind === "unreadable")
    return only(unreadableCard(context, words, file.name, recognised.problems));
  if (recognised.kind === "feeds") return only(notice(words, say.feeds(words.format.list(recognised.names))));
  const [first] = recognised.kind === "part" ? [recognised.part] : recognised.parts;
  const { bytes } = recognised.kind === "part" ? recognised : read;
  const fingerprint = desk.fingerprint(bytes);
  if (recognised.kind === "part" && (await desk.isInForce(recognised.part, fingerprint)))
    return only(notice(words, say.same(file.name)));
  const id = await waiting(said, desk, first!, { name: file.name, fingerprint }, { bytes });
  if (recognised.kind === "part") return { kept: id, response: await differenceShown(said, id, false) };
  const which = choice(
    words,
    say.whichRoster(file.name),
    recognised.parts.map((part) => ({
      label: rosterNameOf(part) ?? PEOPLE,
      act: fileTap(id, "part", part),
    })),
    [{ label: say.notNow, act: fileTap(id, "drop", ""), style: "quiet" }],
  );
  return { kept: id, response: shown(which) };
}

/** Keeps a file until it is decided on. What was settled about names with the one in force goes on to hold. */
export async function waiting(
  { context, person }: Pick<Said, "context" | "person">,
  desk: FileDesk,
  part: FilePart,
  about: FileAbout,
  { bytes }: Extract<FileRead, { bytes: Uint8Array }>,
) {
  const aliases = desk.readingOf(part)?.["aliases"];
  const kept: FileAbout = aliases === undefined ? about : { ...about, reading: { aliases } };
  const id = await context.store.keepFile({
    part,
    at: context.now,
    by: person.id,
    why: "upload",
    about: kept,
    bytes,
  });
  // Only a file that is to come in force at once can be overtaken.
  return id!;
}
