import { nameToEmoji } from "gemoji";

/** What a message's markup stands for, where the text alone does not say it. */
export interface Meanings {
  /** A member's name by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Signs by the name that Slack writes for them. Their kind is what Slack itself said of this message. */
  readonly signs: ReadonlyMap<string, string>;
}

const NOTHING: Meanings = { names: new Map(), signs: new Map() };

const MENTION = /<@(?<id>[UW][A-Z0-9]+)(?:\|(?<label>[^>]*))?>/gu;

/** Members who are mentioned in a message without their name. */
export const mentionedIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(MENTION)].flatMap(({ groups }) => (groups?.["label"] ? [] : [groups!["id"]!])),
  ),
];

/**
 * A message as people read it. Slack escapes three characters, writes ids for members and names for emoji, and makes a
 * link of what looks like an address or a number. The check for patients' identifiers has to see what the person saw,
 * and a member's id is no patient's number.
 */
export const asRead = (text: string, meanings: Meanings = NOTHING): string =>
  withSigns(text, meanings)
    .replaceAll(MENTION, (_, id: string, label: string | undefined) =>
      at(label === undefined || label === "" ? (meanings.names.get(id) ?? "someone") : label),
    )
    .replaceAll(
      /<#[A-Z0-9]+(?:\|(?<name>[^>]*))?>/gu,
      (_, name: string | undefined) => `#${name ?? "channel"}`,
    )
    .replaceAll(/<!(?:date|subteam)\^[^|>]*\|(?<label>[^>]*)>/gu, "$1")
    .replaceAll(/<!(?<name>\w+)(?:[|^][^>]*)?>/gu, "@$1")
    .replaceAll(/<(?:https?|mailto|tel):[^|>]*\|(?<label>[^>]*)>/gu, "$1")
    .replaceAll(/<(?:mailto:|tel:)?(?<link>[^|>@#!][^|>]*)>/gu, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const at = (name: string): string => (name.startsWith("@") ? name : `@${name}`);

/** A name that begins with a digit stands apart: 10:100:5 holds no sign. */
const SHORTCODE =
  /(?:(?<![\w:]):(?=\d)|:(?=[a-z+_-]))(?<name>[\w+'-]{1,80}):(?::skin-tone-(?<tone>[2-6]):)?/gu;

/** Names of emoji as the signs that people see. A name that is nobody's sign stays: it is the workspace's own. */
export const withSigns = (text: string, { signs }: Pick<Meanings, "signs"> = NOTHING): string =>
  text.replaceAll(SHORTCODE, (written, name: string, tone: string | undefined) => {
    const sign = signs.get(name) ?? (Object.hasOwn(nameToEmoji, name) ? nameToEmoji[name] : undefined);
    if (sign === undefined) return written;
    return tone === undefined
      ? sign
      : sign.replace(/\uFE0F$/u, "") + String.fromCodePoint(0x1f3f9 + Number(tone));
  });

/** The signs that a message's blocks name, with their code points as Slack writes them: "1f469-200d-2695-fe0f". */
export function signsIn(blocks: unknown): ReadonlyMap<string, string> {
  const signs = new Map<string, string>();
  const look = (at: unknown, depth: number): void => {
    if (typeof at !== "object" || at === null || depth > 12) return;
    const { type, name, unicode } = at as Readonly<Record<string, unknown>>;
    if (type === "emoji" && typeof name === "string" && typeof unicode === "string") {
      const points = unicode.split("-").map((point) => Number.parseInt(point, 16));
      if (points.every((point) => point > 0 && point <= 0x10ffff))
        signs.set(name, String.fromCodePoint(...points));
    }
    for (const inner of Object.values(at)) look(inner, depth + 1);
  };
  look(blocks, 0);
  return signs;
}
