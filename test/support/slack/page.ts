import { html, raw } from "hono/html";
import type { Json } from "./json.ts";
import { str } from "./json.ts";

/** Chromium from npm brings no Japanese letters. */
const FONT = import.meta.resolve("@fontsource-variable/noto-sans-jp/index.css");

type Markup = ReturnType<typeof html>;

/** Blocks as Slack's clients draw them, near enough to judge words, order and length on a phone's width. */
export async function pageOf(
  phones: readonly { readonly title: string; readonly messages: readonly (readonly Json[])[] }[],
  on: "desk" | "phone" = "desk",
): Promise<string> {
  const body = phones.map(
    ({ title, messages }) =>
      html`<section class="phone">
        <h1>${title}</h1>
        ${messages.map((blocks) => html`<article><b class="who">Attune</b><i>APP</i>${blocks.map(blockMarkup)}</article>`)}
      </section>`,
  );
  const page = await html`<!doctype html>
    <meta charset="utf-8" />
    <link rel="stylesheet" href="${FONT}" />
    <style>
      ${raw(STYLE)}
    </style>
    <main class="${on}">${body}</main>`;
  return page.toString();
}

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const text = (value: unknown): string => str((value as Json | undefined)?.["text"]);

function blockMarkup(block: Json): Markup {
  switch (block["type"]) {
    case "header":
      return html`<h2>${text(block["text"])}</h2>`;
    case "section":
      return html`<div class="section">
          <p>${words(block["text"])}</p>
          ${block["accessory"] === undefined ? "" : element(block["accessory"] as Json)}
        </div>
        ${fields(list(block["fields"]))}`;
    case "context":
      return html`<p class="context">${list(block["elements"]).map(text).join(" ")}</p>`;
    case "actions":
      return html`<div class="actions">${list(block["elements"]).map(element)}</div>`;
    case "divider":
      return html`<hr />`;
    case "input":
      return html`<label
        >${text(block["label"])}<textarea>${str((block["element"] as Json)["initial_value"])}</textarea>
      </label>`;
    case "data_visualization":
      return chart(block);
    case "rich_text":
      return html`${list(block["elements"]).map((part) => {
        const runs = list(part["elements"]).map((run) =>
          (run["style"] as Json | undefined)?.["bold"] === true
            ? html`<b>${str(run["text"])}</b>`
            : html`${str(run["text"])}`,
        );
        return part["type"] === "rich_text_quote"
          ? html`<blockquote>${runs}</blockquote>`
          : html`<p>${runs}</p>`;
      })}`;
    default:
      return html``;
  }
}

/** A line chart: its title, its lines as strokes, what stands along it. */
function chart(block: Json): Markup {
  const { series, axis_config: axis } = block["chart"] as Json;
  const lines = list(series).map((one) => ({
    name: str(one["name"]),
    values: list(one["data"]).map((point) => Number(point["value"])),
  }));
  const highest = Math.max(1, ...lines.flatMap(({ values }) => values));
  const strokes = lines.map(({ values }, at) => {
    const points = values.map(
      (value, i) => `${(i * 380) / Math.max(1, values.length - 1)},${110 - (value * 100) / highest}`,
    );
    return html`<polyline
      fill="none"
      stroke="${["#1264a3", "#e8912d", "#2bac76"][at % 3]}"
      points="${points.join(" ")}"
    />`;
  });
  const names = lines.map(({ name }) => name).join(" · ");
  const labels = ((axis as Json)["categories"] as readonly string[]).join(" · ");
  const up = str((axis as Json)["y_label"]);
  return html`<p><b>${str(block["title"])}</b></p>
    <p class="context">${names}${up === "" ? "" : ` (${up})`}</p>
    <svg viewBox="0 0 380 120">${strokes}</svg>
    <p class="context">${labels}</p>`;
}

/** Of markup a bold first line alone is used. */
function words(of: unknown): Markup {
  const [, heading, rest = ""] = /^\*(.*)\*((?:\n[^]*)?)$/u.exec(text(of)) ?? [];
  const isMarkup = (of as Json | undefined)?.["type"] === "mrkdwn" && heading !== undefined;
  return isMarkup ? html`<b>${heading}</b>${rest}` : html`${text(of)}`;
}

const fields = (all: readonly Json[]): Markup =>
  all.length === 0 ? html`` : html`<div class="fields">${all.map((one) => html`<p>${words(one)}</p>`)}</div>`;

function element(one: Json): Markup {
  if (one["type"] === "static_select") {
    const chosen =
      one["initial_option"] === undefined
        ? text(one["placeholder"])
        : text((one["initial_option"] as Json)["text"]);
    return html`<button class="select">${chosen} ▾</button>`;
  }
  return html`<button class="${str(one["style"])}">${text(one["text"])}</button>`;
}

const STYLE = `
  body { margin: 0; background: #f4f4f4; font: 15px/1.47 "Noto Sans JP Variable", sans-serif; color: #1d1c1d }
  main { display: flex; gap: 24px; padding: 24px; align-items: flex-start }
  main.phone { padding: 0; width: auto; border: 0 } main.phone > section { width: 100%; border: 0; border-radius: 0 }
  .phone { width: 390px; background: #fff; border: 1px solid #ddd; border-radius: 12px; padding: 12px 16px; box-sizing: border-box }
  h1 { font-size: 13px; color: #616061; margin: 0 0 8px } h2 { font-size: 18px; margin: 8px 0 }
  article { padding: 8px 0; border-top: 1px solid #eee } .who { margin-right: 6px } i { font: 10px sans-serif; background: #e8e8e8; padding: 1px 3px; border-radius: 2px }
  p { margin: 6px 0; white-space: pre-wrap } .context { font-size: 12px; color: #616061 }
  .section { display: flex; justify-content: space-between; gap: 12px; align-items: flex-start }  .section button { flex: none }
  .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 0 16px } .stacked .fields { grid-template-columns: 1fr }
  .actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 }
  button { font: 700 14px "Noto Sans JP Variable", sans-serif; padding: 6px 12px; border: 1px solid #bbb; border-radius: 4px; background: #fff; max-width: 100%; text-align: left }
  .primary { background: #007a5a; color: #fff; border-color: #007a5a } .danger { color: #e01e5a; border-color: #e01e5a }
  .select { font-weight: 400 } blockquote { margin: 6px 0; padding-left: 10px; border-left: 4px solid #ddd } hr { border: 0; border-top: 1px solid #ddd }
`;
