import { type Json, str } from "./json.ts";
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** The first reason why Slack would not take these blocks; undefined when it would. */
export function problemIn(blocks: unknown, surface: "message" | "modal" | "home"): string | undefined {
  const all = list(blocks);
  if (!Array.isArray(blocks)) return "blocks are no list";
  if (all.length > (surface === "message" ? 50 : 100)) return "too many blocks";
  if (surface === "message" && JSON.stringify(all).length > 13_200) return "msg_blocks_too_long";
  const actions = all.flatMap(elementsOf).flatMap((element) => (element["action_id"] as string) ?? []);
  if (new Set(actions).size < actions.length) return "an action_id stands twice";
  const ids = all.flatMap((block) => (block["block_id"] as string) ?? []);
  if (new Set(ids).size < ids.length) return "a block_id stands twice";
  if (all.filter((block) => block["type"] === "data_visualization").length > 2) return "over two charts";
  for (const block of all) {
    const problem = inBlock(block, surface);
    if (problem !== undefined) return `${str(block["type"])}: ${problem}`;
  }
  return undefined;
}

const elementsOf = (block: Json): readonly Json[] => [
  ...(block["type"] === "actions" ? list(block["elements"]) : []),
  ...(block["accessory"] === undefined ? [] : [block["accessory"] as Json]),
  ...(block["element"] === undefined ? [] : [block["element"] as Json]),
];

function inBlock(block: Json, surface: string): string | undefined {
  if (str(block["block_id"]).length > 255) return "block_id over 255";
  switch (block["type"]) {
    case "header":
      return inText(block["text"], 150, ["plain_text"]);
    case "divider":
      return undefined;
    case "section":
      return (
        inText(block["text"], 3_000) ??
        inFields(block["fields"]) ??
        (block["accessory"] === undefined ? undefined : inElement(block["accessory"] as Json))
      );
    case "context": {
      const elements = list(block["elements"]);
      if (elements.length < 1 || elements.length > 10) return "1 to 10 elements";
      return first(elements, (one) => inText(one, 3_000));
    }
    case "actions": {
      const elements = list(block["elements"]);
      if (elements.length < 1 || elements.length > 25) return "1 to 25 elements";
      return first(elements, inElement);
    }
    case "input":
      if (surface === "message") return "no input in a message here";
      return inText(block["label"], 2_000, ["plain_text"]) ?? inElement(block["element"] as Json);
    case "rich_text":
      return (
        first(list(block["elements"]), inRichText) ??
        (list(block["elements"]).length < 1 ? "empty" : undefined)
      );
    case "data_visualization":
      return surface === "message" ? inChart(block) : "no chart is documented here";
    default:
      return "unknown block";
  }
}

/** Of a section; it need not have any. */
function inFields(fields: unknown): string | undefined {
  if (fields === undefined) return undefined;
  if (list(fields).length < 1 || list(fields).length > 10) return "1 to 10 fields";
  return first(list(fields), (one) => inText(one, 2_000));
}

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block, as far as lines go. */
function inChart(block: Json): string | undefined {
  const { type, series, axis_config: axis } = (block["chart"] ?? {}) as Json;
  const { categories, x_label: across, y_label: up } = (axis ?? {}) as Json;
  const labels = Array.isArray(categories) ? (categories as unknown[]) : [];
  if (type !== "line") return "no line chart";
  if (list(series).length < 1 || list(series).length > 6) return "1 to 6 series";
  if (new Set(list(series).map((one) => one["name"])).size < list(series).length)
    return "a name stands twice";
  if (new Set(labels).size < labels.length) return "a category stands twice";
  const short = [block["title"], across, up].every((one) => one === undefined || isOf(one, 50));
  if (block["title"] === undefined || !short) return "a title or an axis of 1 to 50";
  if (!labels.every((one) => isOf(one, 20))) return "a category of 1 to 20";
  return first(list(series), (one) => {
    const data = list(one["data"]);
    if (!isOf(one["name"], 20)) return "a name of 1 to 20";
    if (data.length < 1 || data.length > 20) return "1 to 20 points";
    if (JSON.stringify(data.map((point) => point["label"])) !== JSON.stringify(labels)) return "a gap";
    return data.every((point) => Number.isFinite(point["value"])) ? undefined : "a value that is no number";
  });
}

const isOf = (text: unknown, longest: number): boolean =>
  typeof text === "string" && text.length >= 1 && text.length <= longest;

function inRichText(part: Json): string | undefined {
  if (!["rich_text_section", "rich_text_quote"].includes(str(part["type"]))) return "unknown part";
  const elements = list(part["elements"]);
  if (elements.length < 1) return "an empty part";
  return first(elements, (one) =>
    one["type"] === "text" && typeof one["text"] === "string" && one["text"].length > 0
      ? undefined
      : "an empty text",
  );
}

function inElement(element: Json): string | undefined {
  const id = element["action_id"];
  if (typeof id !== "string" || id.length < 1 || id.length > 255) return "action_id of 1 to 255";
  switch (element["type"]) {
    case "button":
      if (!["", "primary", "danger"].includes(str(element["style"]))) return "unknown style";
      return (
        inText(element["text"], 75, ["plain_text"]) ??
        (str(element["value"]).length > 2_000 ? "value over 2,000" : undefined) ??
        (element["confirm"] === undefined ? undefined : inConfirm(element["confirm"] as Json))
      );
    case "static_select": {
      const options = list(element["options"]);
      if (options.length < 1 || options.length > 100) return "1 to 100 options";
      const initial = element["initial_option"];
      if (initial !== undefined && !options.some((one) => JSON.stringify(one) === JSON.stringify(initial)))
        return "initial_option is none of the options";
      return inText(element["placeholder"], 150, ["plain_text"]) ?? first(options, inOption);
    }
    case "file_input": {
      const most = Number(element["max_files"] ?? 10);
      const endings: unknown = element["filetypes"];
      if (most < 1 || most > 10) return "max_files of 1 to 10";
      return Array.isArray(endings) && endings.every((one) => /^[a-z]+$/u.test(str(one)))
        ? undefined
        : "filetypes are endings";
    }
    case "plain_text_input": {
      const longest = Number(element["max_length"] ?? 3_000);
      if (longest < 1 || longest > 3_000) return "max_length of 1 to 3,000";
      if (str(element["initial_value"]).length > longest) return "initial_value over max_length";
      return element["placeholder"] === undefined
        ? undefined
        : inText(element["placeholder"], 150, ["plain_text"]);
    }
    default:
      return "unknown element";
  }
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const inConfirm = (confirm: Json): string | undefined =>
  inText(confirm["title"], 100, ["plain_text"]) ??
  inText(confirm["text"], 300) ??
  inText(confirm["confirm"], 30, ["plain_text"]) ??
  inText(confirm["deny"], 30, ["plain_text"]) ??
  (["", "primary", "danger"].includes(str(confirm["style"])) ? undefined : "unknown style of a confirm");

const inOption = (option: Json): string | undefined =>
  inText(option["text"], 75) ??
  (str(option["value"]).length < 1 || str(option["value"]).length > 150
    ? "option value of 1 to 150"
    : undefined);

function inText(
  text: unknown,
  longest: number,
  types: readonly string[] = ["plain_text", "mrkdwn"],
): string | undefined {
  const { type, text: words } = (text ?? {}) as { type?: string; text?: string };
  if (type === undefined || !types.includes(type)) return "wrong kind of text";
  if (typeof words !== "string" || words.length < 1) return "empty text";
  return words.length > longest ? `text over ${longest}` : undefined;
}

function first(all: readonly Json[], check: (one: Json) => string | undefined): string | undefined {
  for (const one of all) {
    const problem = check(one);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The first reason why Slack would not take this view. */
export function problemInView(view: Json): string | undefined {
  const type = view["type"];
  if (type !== "modal" && type !== "home") return "unknown view";
  if (str(view["private_metadata"]).length > 3_000) return "private_metadata over 3,000";
  if (JSON.stringify(view).length > 250_000) return "view over 250 kB";
  if (type === "modal") {
    const hasInput = list(view["blocks"]).some((block) => block["type"] === "input");
    if (hasInput && view["submit"] === undefined) return "an input without submit";
    const texts = [view["title"], view["submit"], view["close"]].filter((one) => one !== undefined);
    const problem = first(texts as Json[], (one) => inText(one, 24, ["plain_text"]));
    if (problem !== undefined) return problem;
    if (view["title"] === undefined) return "no title";
  }
  return problemIn(view["blocks"], type);
}
