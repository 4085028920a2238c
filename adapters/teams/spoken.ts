import { decodeHTMLStrict } from "entities";

type Json = Readonly<Record<string, unknown>>;

/** A typed message as people read it. */
export interface Spoken {
  readonly text: string;
  /** The message that it quotes, by its id in the conversation. */
  readonly quotes?: string;
  /** A picture, a file or a voice clip came with it. */
  readonly hasFile?: true;
  /** The first file that can be downloaded. */
  readonly file?: AttachedFile;
}

/** A file with an address that needs no token, and is good for minutes. */
export interface AttachedFile {
  readonly name: string;
  readonly url: string;
  readonly isOneOfSeveral?: true;
}

const DOWNLOAD = "application/vnd.microsoft.teams.file.download.info";

/**
 * Reads what a person typed. Teams sends plain text, or HTML, or both: an attachment of type text/html repeats the text
 * with its format. Only there a quoted message stands apart from the writer's own words.
 */
export function spokenIn(activity: Json): Spoken {
  const attachments = Array.isArray(activity["attachments"]) ? activity["attachments"].map(json) : [];
  const html = attachments.find((one) => one["contentType"] === "text/html")?.["content"];
  const written = typeof activity["text"] === "string" ? activity["text"] : "";
  const quoted = [html, written].find((one): one is string => typeof one === "string" && QUOTE.test(one));
  const reference = attachments.find((one) => one["contentType"] === "messageReference");
  const quotes = idOf(quoted) ?? word(reference?.["id"]);
  const own = quoted ?? (reference !== undefined && typeof html === "string" ? html : undefined);
  const text =
    own === undefined
      ? isHtml(activity, written)
        ? fromHtml(written)
        : fromPlain(written)
      : fromHtml(own.replaceAll(QUOTES, " "));
  return {
    text: text.trim(),
    ...(quotes === undefined ? {} : { quotes }),
    ...(attachments.some(isFile) ? { hasFile: true } : {}),
    ...fileIn(attachments),
  };
}

function fileIn(attachments: readonly Json[]): Pick<Spoken, "file"> {
  const [found, other] = attachments.filter(({ contentType }) => contentType === DOWNLOAD);
  const [name, url] = [found?.["name"], json(found?.["content"])["downloadUrl"]];
  const isWhole = typeof name === "string" && name !== "" && typeof url === "string" && url.length <= 8_000;
  return isWhole ? { file: { name, url, ...(other === undefined ? {} : { isOneOfSeveral: true }) } } : {};
}

const QUOTE = /<blockquote\b/iu;
const QUOTES = /<blockquote\b[^>]*>.*?<\/blockquote>/gisu;

const idOf = (quoted: string | undefined): string | undefined =>
  /<blockquote\b[^>]*\bitemid="(?<id>[^"]{1,200})"/iu.exec(quoted ?? "")?.groups?.["id"];

/** What is not a file: the same text with its format, a reference to a quoted message, and a card. */
const isFile = ({ contentType }: Json): boolean =>
  typeof contentType === "string" &&
  !/^(?:text\/html|messagereference|application\/vnd\.microsoft\.card\..+)$/iu.test(contentType);

/** Text that somebody typed may have angle brackets: it is HTML where Teams says so, or where a paragraph is all of it. */
const isHtml = ({ textFormat }: Json, text: string): boolean =>
  textFormat === "xml" ||
  textFormat === "html" ||
  /^\s*<(?<tag>p|div)\b[^>]*>.*<\/\k<tag>>\s*$/isu.test(text);

const MENTION = /<at\b[^>]*>(?<name>.*?)<\/at>/gisu;

const named = (text: string): string =>
  text.replaceAll(MENTION, (_, name: string) => `@${name.replaceAll(/<[^>]*>/gu, "").trim()}`);

const fromPlain = (text: string): string => decoded(named(text));

const fromHtml = (html: string): string =>
  decoded(
    named(html)
      .replaceAll(/<(?:img|emoji|customemoji)\b[^>]*\balt="(?<alt>[^"]*)"[^>]*>/giu, "$1")
      .replaceAll(/<span\b[^>]*\bitemtype="[^"]*Mention"[^>]*>(?<name>[^<]*)<\/span>/giu, "@$1")
      .replaceAll(/<(?:br|hr)\b[^>]*>|<\/(?:p|div|li|h\d|tr|pre)>/giu, "\n")
      .replaceAll(/<\/?[a-z][^>]*>/giu, "")
      .replaceAll(/[ \t]*\n\s*/gu, "\n"),
  );

/** Teams writes some characters as HTML does, in plain text too. A hard space is a space. */
const decoded = (text: string): string => decodeHTMLStrict(text).replaceAll("\u00A0", " ");

const json = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

const word = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" && value.length <= 200 ? value : undefined;
