import { LARGEST_FILE, type FileRead, type Inbound } from "#src/ports/inbound.ts";
import { PEOPLE, rosterNameOf, type FilePart } from "#src/domain/files.ts";
import type { FileAbout } from "#src/ports/files.ts";
import type { FileDesk } from "#src/ports/file-desk.ts";
import type { Said } from "#src/flows/commands/commands.ts";
import { choice, notice } from "../notice.ts";
import { shown, type Handled } from "../responses.ts";
import { fileTap } from "./file-parts.ts";
import { differenceShown } from "./decided.ts";

type Given = Extract<Inbound, { type: "file" }>;

/** What a roster or a list of people may be called. A picture is none, whatever is in it. */
const READ = /\.(?:csv|tsv|txt|ics|xlsx|xlsm)$/iu;

/** Whether somebody may give a file of this name. Of any other nothing is fetched. */
export const takesFile = ({ person, context }: Said, { file }: Given): boolean =>
  context.files !== undefined && person.roles.includes("coordinator") && READ.test(file.name);

/** The act as anybody else's: the file is not read, what was typed beside it is. */
export const onlyItsText = ({ event, sender, text }: Given): Extract<Inbound, { type: "said" }> => ({
  type: "said",
  event,
  sender,
  text,
  hasFile: true,
});

/** A coordinator gives a file: it is read, compared, and waits until somebody applies it. */
export async function fileGiven(said: Said, { file }: Given): Promise<Handled> {
  const { context, words } = said;
  const { files: desk } = context;
  const { files: say } = words.say;
  if (desk === undefined) return shown(notice(words, say.notHere));
  const read = await file.read();
  if ("trouble" in read) return shown(notice(words, say.troubles[read.trouble](file.name)));
  if (read.bytes.length > LARGEST_FILE) return shown(notice(words, say.troubles["too-large"](file.name)));
  const recognised = desk.recognise(file.name, read.bytes);
  if (recognised.kind === "feeds")
    return shown(notice(words, say.feeds(words.format.list(recognised.names))));
  const [first] = recognised.kind === "part" ? [recognised.part] : recognised.parts;
  const fingerprint = desk.fingerprint(read.bytes);
  if (recognised.kind === "part" && (await desk.isInForce(recognised.part, fingerprint)))
    return shown(notice(words, say.same(file.name)));
  const id = await waiting(said, desk, first!, { name: file.name, fingerprint }, read);
  if (recognised.kind === "part") return differenceShown(said, id, false);
  return shown(
    choice(
      words,
      say.whichRoster(file.name),
      recognised.parts.map((part) => ({
        label: rosterNameOf(part) ?? PEOPLE,
        act: fileTap(id, "part", part),
      })),
      [{ label: say.notNow, act: fileTap(id, "drop", ""), style: "quiet" }],
    ),
  );
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
