import { type Json, str } from "./json.ts";
/** What somebody reads in blocks, top to bottom: literal texts, and what can be tapped in brackets. */
export function wordsOf(blocks: unknown): string {
  return (Array.isArray(blocks) ? (blocks as Json[]) : []).map(blockWords).join("\n");
}

function blockWords(block: Json): string {
  switch (block["type"]) {
    case "rich_text":
      return elements(block)
        .map((part) =>
          elements(part)
            .map((one) => str(one["text"]))
            .join(""),
        )
        .join("\n");
    case "header":
      return `# ${textOf(block["text"])}`;
    case "section":
      return [
        textOf(block["text"]),
        ...list(block["fields"]).map((field) => `\n${textOf(field)}`),
        ...(block["accessory"] === undefined ? [] : [elementWords(block["accessory"] as Json)]),
      ].join(" ");
    case "context":
      return elements(block).map(textOf).join(" ");
    case "actions":
      return elements(block).map(elementWords).join(" ");
    case "input":
      return `${textOf(block["label"])} ____`;
    case "divider":
      return "—";
    case "data_visualization":
      return chartTexts(block).join("\n");
    default:
      return "";
  }
}

const elements = (block: Json): readonly Json[] => (block["elements"] as Json[] | undefined) ?? [];

/** Text as Slack shows it: in plain text nothing means anything, and the only markup that is used is a bold first line. */
function textOf(of: unknown): string {
  const { type, text } = (of ?? {}) as { readonly type?: unknown; readonly text?: unknown };
  return type === "mrkdwn" ? str(text).replace(/^\*(.*)\*$/mu, "$1") : str(text);
}

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

function elementWords(element: Json): string {
  if (element["type"] === "button") return `[${textOf(element["text"])}]`;
  if (element["type"] !== "static_select") return "";
  const options = (element["options"] as Json[]).map((one) => `(${textOf(one["text"])})`);
  return options.join(" ");
}

/** What stands on a picture: its title, the names of its lines, and what stands along it. */
function chartTexts(block: Json): readonly string[] {
  const { series, axis_config: axis } = block["chart"] as Json;
  const names = (series as Json[]).map((one) => str(one["name"]));
  const { categories, y_label: up } = axis as Json;
  return [str(block["title"]), ...names, ...(categories as string[]), str(up)].filter((one) => one !== "");
}

/** Something that can be tapped: its id, and what it sends. */
export interface Tappable {
  readonly label: string;
  readonly block: string;
  readonly element: Json;
  readonly option?: Json;
}

export function tappables(blocks: unknown): readonly Tappable[] {
  return (Array.isArray(blocks) ? (blocks as Json[]) : []).flatMap((block, index) => {
    const inside = [
      ...(block["type"] === "actions" ? elements(block) : []),
      ...(block["accessory"] === undefined ? [] : [block["accessory"] as Json]),
    ];
    const id = str(block["block_id"], `b${index}`);
    return inside.flatMap((element): Tappable[] =>
      element["type"] === "static_select"
        ? (element["options"] as Json[]).map((option) => ({
            label: textOf(option["text"]),
            block: id,
            element,
            option,
          }))
        : [{ label: textOf(element["text"]), block: id, element }],
    );
  });
}

/** Every text in blocks, elements and options, as Slack shows it. */
export function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  // The runs of a line read as one, wherever they were parted.
  if (type === "rich_text_section" || type === "rich_text_quote")
    return [
      elements(value as Json)
        .map((one) => str(one["text"]))
        .join(""),
    ];
  if (type === "data_visualization") return chartTexts(value as Json);
  if ((type === "plain_text" || type === "mrkdwn") && typeof text === "string") return [text];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "initial_value" && typeof inner === "string"
      ? [inner]
      : key === "initial_option"
        ? []
        : textsIn(inner),
  );
}
