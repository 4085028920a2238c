import type { Locale } from "#src/domain/locale.ts";
import type { CastMember, Stage } from "#src/ports/stage.ts";
import { forward, brand, chevron, next, theme } from "./glyphs.ts";
import { initials } from "./cast.ts";
import { markup, nothing, type Markup } from "./markup.ts";
import { clockFace } from "./moments.ts";
import { phoneMarkup, type Phone } from "./phone.ts";
import { textsIn } from "./texts-in.ts";
import type { Texts } from "./texts.ts";

/** What a page shows when it is opened. */
export interface PageView {
  readonly stage: Stage;
  readonly cast: readonly CastMember[];
  readonly phones: readonly Phone[];
  readonly strip: Markup;
  readonly locale: Locale;
  /** The address of the page's files. */
  readonly assets: string;
  /** The token of the page's later requests. */
  readonly token: string;
  /** The number of the last event that it shows. */
  readonly event: number;
}

export function pageMarkup(view: PageView): Markup {
  const { stage, cast, phones, strip, locale, assets, token, event } = view;
  const texts = textsIn(locale);
  const other = locale === "en" ? "ja" : "en";
  const names = Object.fromEntries(cast.map((member) => [member.id, member.called[locale]]));
  return markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${texts.description}">
<meta name="attune-token" content="${token}">
<meta name="attune-event" content="${event}">
<title>${texts.title}</title>
<link rel="icon" href="${assets}/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${assets}/font/index.css">
<link rel="stylesheet" href="${assets}/playground.css">
<link rel="stylesheet" href="${assets}/phone.css">
<link rel="stylesheet" href="${assets}/card.css">
<link rel="stylesheet" href="${assets}/strip.css">
<script src="${assets}/theme.js"></script>
<script type="module" src="${assets}/playground.js"></script>
</head>
<body data-texts="${JSON.stringify({ ...texts, refusals: {}, device: {} })}" data-names="${JSON.stringify(names)}">
<a class="skip" href="#phones">${texts.skip}</a>
<header class="top"><h1>${brand}<span>Attune</span></h1><p class="program">${stage.programName[locale]}</p><div class="top-actions"><a class="quiet-button" id="language" href="/?lang=${other}" hreflang="${other}" lang="${other}">${texts.otherLanguage}</a><button type="button" class="icon-button" id="theme" aria-pressed="false" aria-label="${texts.theme}" title="${texts.theme}">${theme}</button></div></header>
<main>
${hero(view, texts)}
<section class="stage" id="phones" tabindex="-1" aria-label="${texts.phones.label}">
<div class="stage-bar"><p class="reached" id="reached" role="status"></p><details class="waiting" id="waiting" hidden><summary><i class="dot" aria-hidden="true"></i><span></span>${chevron}</summary><div class="waiting-list" role="group" aria-label="${texts.waiting.show}"></div></details></div>
<div class="seats" role="tablist" aria-label="${texts.phones.seats}">${phones.map((phone) => seatTab(phone, locale))}</div>
<div class="phones">${phones.map((phone) => phoneMarkup(phone, cast, stage.timeZone, locale))}</div>
</section>
<section class="roster" aria-labelledby="roster-title"><header><h2 id="roster-title">${texts.strip.label}</h2><p>${texts.strip.note}</p></header><div id="strip">${strip}</div></section>
</main>
<div id="tip" role="tooltip" hidden></div>
<p id="trouble" role="status"></p>
${confirmation(texts)}
</body>
</html>`;
}

function hero({ stage, locale }: PageView, texts: Texts): Markup {
  const face = clockFace(stage.now(), stage.timeZone, locale);
  const { jumps } = texts.clock;
  const controls = stage.travels
    ? markup`<div class="controls"><button type="button" class="jump main" data-jump="next-message"><span>${jumps["next-message"]}</span>${next}</button><button type="button" class="jump" data-jump="hour">${jumps.hour}</button><button type="button" class="jump" data-jump="end-of-shift">${jumps["end-of-shift"]}</button><button type="button" class="jump" data-jump="week">${jumps.week}</button><button type="button" class="jump forward" id="forward" aria-pressed="false">${forward}<span>${texts.clock.forward}</span></button><button type="button" class="link" id="start-over">${texts.clock.startOver}</button></div>`
    : markup`<p class="real-time">${texts.clock.real}</p>`;
  return markup`<section class="hero" aria-label="${texts.clock.label}"><div class="clock"><time id="clock-time">${face.time}</time><p><span id="clock-date">${face.date}</span><span class="zone">${stage.timeZone.replaceAll("_", " ")}</span></p></div><div class="guide"><p class="hint" id="hint" role="status" aria-label="${texts.hint.label}">${texts.hint.start}</p>${controls}</div></section>`;
}

function seatTab(phone: Phone, locale: Locale): Markup {
  const { seat, member } = phone;
  const first = seat === 1;
  return markup`<button type="button" role="tab" class="seat" id="tab-${seat}" data-seat="${seat}" aria-controls="seat-${seat}" aria-selected="${first ? "true" : "false"}"${first ? nothing : markup` tabindex="-1"`}><span class="avatar" data-role="${member.roles[0]}" aria-hidden="true">${initials(member.name[locale])}</span><span class="seat-name">${member.called[locale]}</span><i class="badge"></i></button>`;
}

const confirmation = ({ clock }: Texts): Markup =>
  markup`<dialog id="confirm" aria-labelledby="confirm-title"><h2 id="confirm-title">${clock.confirm.title}</h2><p>${clock.confirm.text}</p><div class="actions"><button type="button" class="button primary" value="yes">${clock.confirm.yes}</button><button type="button" class="button plain" value="no" autofocus>${clock.confirm.no}</button></div></dialog>`;
