import type { Action, Block, Card, Rendered } from "#src/card/card.ts";
import { fill, textsIn } from "./texts-in.ts";
import type { Texts } from "./texts.ts";
import { chartBlock } from "./chart.ts";
import { compareBlock } from "./compare.ts";
import { eye, send } from "./glyphs.ts";
import { markup, type Markup } from "./markup.ts";

type Of<Type extends Block["type"]> = Extract<Block, { type: Type }>;

/**
 * A card as HTML with all texts escaped. Our own page can show everything on a card, so there are no losses. Buttons have their act in
 * `data-act`; the page's script posts it.
 */
export function renderCard(card: Card): Rendered<string> {
  const texts = textsIn(card.locale).device;
  const payload = markup`<div class="card" lang="${card.locale}"><p class="visually-hidden notification">${card.notification}</p>${card.blocks.map((block) => blockMarkup(block, texts))}</div>`;
  return { payload: payload.toString(), losses: [] };
}

function blockMarkup(block: Block, texts: Texts["device"]): Markup {
  switch (block.type) {
    case "title":
      return markup`<header class="card-title"><h3>${block.text}</h3>${block.note === undefined ? "" : markup`<p>${block.note}</p>`}</header>`;
    case "text":
      return markup`<p class="text ${block.tone ?? "plain"}">${block.text}</p>`;
    case "quote":
      return markup`<figure class="quote"><figcaption>${block.by}</figcaption><blockquote>${block.text}</blockquote></figure>`;
    case "question":
      return question(block, texts);
    case "input":
      return input(block, texts);
    case "answers":
      return markup`<dl class="answers">${block.rows.map((row) => answer(row))}</dl>`;
    case "compare":
      return compareBlock(block);
    case "facts":
      return markup`<dl class="facts">${block.rows.map((row) => markup`<div><dt>${row.label}</dt><dd>${row.value}</dd></div>`)}</dl>`;
    case "chart":
      return chartBlock(block, texts);
    case "visibility":
      return markup`<p class="visibility">${eye}<span>${block.text}</span></p>`;
    case "actions":
      return markup`<div class="actions">${block.actions.map((action) => button(action))}</div>`;
    case "divider":
      return markup`<hr />`;
    default:
      return block satisfies never;
  }
}

/** What is asked before a tap counts opens below its button, and closes by the same button. */
const button = ({ confirm, ...action }: Action): Markup =>
  confirm === undefined
    ? markup`<button type="button" class="button ${action.style ?? "plain"}" data-act="${action.act}"${action.file === undefined ? "" : markup` data-gives="${action.file.text}"`}>${action.label}</button>`
    : markup`<details class="confirm"><summary class="button ${action.style ?? "plain"}">${action.label}</summary><p>${confirm.text}</p>${button({ ...action, label: confirm.yes })}</details>`;

function steps(step: Of<"question">["step"], texts: Texts["device"]): Markup | "" {
  if (step === undefined) return "";
  const dots = Array.from({ length: Math.min(step.of, 12) }, (_, index) => {
    const state = index + 1 < step.now ? "done" : index + 1 === step.now ? "now" : "ahead";
    return markup`<i class="${state}"></i>`;
  });
  const label = fill(texts.step, { now: step.now, of: step.of });
  return markup`<p class="steps"><span class="visually-hidden">${label}</span><span class="dots" aria-hidden="true">${dots}</span><span aria-hidden="true">${step.now} / ${step.of}</span></p>`;
}

function question(block: Of<"question">, texts: Texts["device"]): Markup {
  const choices = block.choices.map((choice) => {
    const before = choice.chosen === true;
    const mark = before ? markup`<span class="visually-hidden"> (${texts.chosen})</span>` : "";
    return markup`<li><button type="button" class="choice${before ? " chosen" : ""}" data-act="${choice.act}"><span>${choice.label}</span>${mark}</button></li>`;
  });
  return markup`<section class="question" role="group" aria-label="${block.text}">${steps(block.step, texts)}<p class="question-text">${block.text}</p><ol class="choices">${choices}</ol></section>`;
}

/** An input. The core checks `maximum`; the page only shows how many characters are left. */
function input(block: Of<"input">, texts: Texts["device"]): Markup {
  const problem =
    block.problem === undefined ? "" : markup`<p class="problem" role="alert">${block.problem}</p>`;
  const skip = block.skip === undefined ? "" : button(block.skip);
  const note = block.note === undefined ? "" : markup`<p class="text quiet">${block.note}</p>`;
  return markup`<form class="card-input" data-act="${block.submit.act}" novalidate>${steps(block.step, texts)}<label><span class="question-text">${block.text}</span><textarea name="${block.name}" rows="2" placeholder="${block.placeholder ?? ""}" data-maximum="${block.maximum}" data-left="${texts.left}" autocomplete="off"${block.problem === undefined ? "" : markup` aria-invalid="true"`}>${block.value ?? ""}</textarea></label><p class="left" aria-live="polite"></p>${problem}${note}<div class="actions"><button type="submit" class="button ${block.submit.style ?? "primary"}">${send}<span>${block.submit.label}</span></button>${skip}</div></form>`;
}

function answer(row: Of<"answers">["rows"][number]): Markup {
  const change =
    row.change === undefined
      ? ""
      : row.change.confirm !== undefined
        ? markup`<dd class="change">${button(row.change)}</dd>`
        : markup`<dd class="change"><button type="button" class="link" data-act="${row.change.act}" aria-label="${row.change.label}: ${row.label}">${row.change.label}</button></dd>`;
  return markup`<div><dt>${row.label}</dt><dd>${row.value}</dd>${change}</div>`;
}
