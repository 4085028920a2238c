import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import type { AdaptiveCard } from "#adapters/teams/render.ts";

/** What a tap on a rendered card would send. */
export interface Fired {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Teams' own measures, as far as they decide what fits: its fonts, its six actions, buttons side by side. */
const HOST = {
  fontFamily: "'Noto Sans JP Variable', sans-serif",
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 24, extraLarge: 32, padding: 16 },
  separator: { lineThickness: 1, lineColor: "#DDDDDD" },
  actions: { maxActions: 6, actionsOrientation: "horizontal", actionAlignment: "left", buttonSpacing: 8 },
  containerStyles: {
    default: { backgroundColor: "#FFFFFF" },
    emphasis: { backgroundColor: "#F3F2F1" },
    accent: { backgroundColor: "#DDE6E5" },
  },
};

const STYLE = `body{margin:0;padding:16px;background:#f5f5f5;font-family:'Noto Sans JP Variable',sans-serif}
#card{max-width:var(--width,480px);background:#fff;border-radius:8px;box-shadow:0 1px 3px #0003}
.ac-pushButton{padding:6px 14px;border:1px solid #d1d1d1;border-radius:4px;background:#fff;font-family:inherit;font-weight:600;font-size:14px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.ac-pushButton.style-positive{background:#1f5f5b;color:#fff}.ac-pushButton.style-destructive{color:#a4262c}
textarea{font-family:inherit;width:100%;min-height:4em;box-sizing:border-box}.ac-selectable{cursor:pointer}`;

/** An address that nobody has: what is asked of it is answered here. */
const SITE = "http://cards.test/";
const PAGE = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="index.css"><style>${STYLE}</style><div id="card"></div>`;
const FONT = dirname(createRequire(import.meta.url).resolve("@fontsource-variable/noto-sans-jp"));

/** Gives a page of somebody else's a Japanese font, which this machine may not have. */
export async function withJapanese(page: Page): Promise<void> {
  await page.route(`${SITE}**`, (route) =>
    route.fulfill({
      path: join(FONT, route.request().url().slice(SITE.length)),
      headers: { "access-control-allow-origin": "*" },
    }),
  );
  await page.addStyleTag({ url: `${SITE}index.css` });
  await page.addStyleTag({ content: "*{font-family:'Noto Sans JP Variable',sans-serif !important}" });
}

/** What runs in the page: as text, since our own types know no browser. */
const SCRIPT = `
var attune = {
  fired: [],
  async draw(payload, host) {
    const complaints = [];
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(host);
    card.onExecuteAction = ({ verb, data }) => attune.fired.push({ verb, data });
    attune.fired = [];
    const context = new AdaptiveCards.SerializationContext();
    card.parse(payload, context);
    for (let i = 0; i < context.eventCount; i += 1) complaints.push(context.getEventAt(i).message);
    document.querySelector("#card").replaceChildren(card.render());
    await document.fonts.ready;
    return complaints;
  },
  readable() {
    const root = document.querySelector("#card");
    const fields = [...root.querySelectorAll("textarea,input")].map((one) => one.value + " " + one.placeholder);
    return (root.innerText + " " + fields.join(" ")).replaceAll(/\\s+/gu, " ");
  },
  cutOff() {
    return [...document.querySelectorAll(".ac-pushButton, .ac-richTextBlock")]
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.innerText);
  },
};`;

/** A page that draws cards with Microsoft's own library. */
export async function cardPage(page: Page): Promise<void> {
  const library = createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.min.js");
  await page.route(`${SITE}**`, (route) => {
    const path = route.request().url().slice(SITE.length);
    return path === ""
      ? route.fulfill({ contentType: "text/html", body: PAGE })
      : route.fulfill({ path: join(FONT, path) });
  });
  await page.goto(SITE);
  await page.addScriptTag({ path: library });
  await page.addScriptTag({ content: SCRIPT });
}

/** Draws one card in place of the one before, its fonts loaded; resolves to what the library complained of. */
export const draw = (page: Page, payload: AdaptiveCard): Promise<readonly string[]> =>
  page.evaluate<string[]>(`attune.draw(${JSON.stringify(payload)}, ${JSON.stringify(HOST)})`);

/** Everything of the card that can be read: text on it, and what stands in its fields or would. */
export const readable = (page: Page): Promise<string> => page.evaluate<string>("attune.readable()");

/** Text that its box does not show whole. */
export const cutOff = (page: Page): Promise<readonly string[]> => page.evaluate<string[]>("attune.cutOff()");

/** What came of tapping everything: what was sent, in order, and what stood there to read meanwhile. */
export interface Tapped {
  readonly fired: readonly Fired[];
  readonly read: string;
}

/** Taps everything there is to tap, one after the other; where that opens something below, what is in there too. */
export async function tapAll(page: Page): Promise<Tapped> {
  await page.evaluate(
    `document.querySelectorAll("#card [role=button], #card button").forEach((one) => { if (one.offsetParent !== null) one.dataset.first = ""; })`,
  );
  const sent = () => page.evaluate<number>("attune.fired.length");
  const first = page.locator("#card [data-first]");
  let read = await readable(page);
  for (let index = 0; index < (await first.count()); index++) {
    const before = await sent();
    await first.nth(index).click();
    if ((await sent()) > before) continue;
    read += await readable(page);
    const opened = page.locator("#card :is([role=button], button):not([data-first]):visible");
    for (const one of await opened.all()) await one.click();
    await first.nth(index).click();
  }
  return { fired: await page.evaluate<Fired[]>("attune.fired"), read };
}
