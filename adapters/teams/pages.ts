import type { PlatformRoute } from "#src/ports/platform.ts";

interface Page {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** The privacy and terms pages that a Teams app must have, for hospitals without their own. In both languages. */
const PAGES: Readonly<Record<string, readonly Page[]>> = {
  "/teams/privacy": [
    {
      title: "Attune and your privacy",
      paragraphs: [
        "Your answers are kept on your hospital’s own server, and what you write in your own words is encrypted there.",
        "Every question says who will see the answer before you give it. Whether it is easy to ask for help never reaches your partner; program totals are shown only where at least five people have contributed.",
        "Please never write about a patient. What looks like a patient’s data is refused and not stored.",
        "Write “my data” to see everything kept about you, and “erase me” to erase it.",
      ],
    },
    {
      title: "Attuneとプライバシー",
      paragraphs: [
        "回答は、病院のサーバーに保存します。自分の言葉で書いた文は暗号化します。",
        "どの質問にも、誰に見えるかを書いてあり、答える前に確かめられます。「助けの求めやすさ」への回答がペアの先生に届くことはありません。プログラム全体の集計は、5人以上そろったときだけ表示します。",
        "患者さんのことは書かないでください。患者さんにつながりそうな文は受け付けず、保存もしません。",
        "「マイデータ」と送ると保存されている内容を確かめられ、「データを消去」と送ると消せます。",
      ],
    },
  ],
  "/teams/terms": [
    {
      title: "Using Attune",
      paragraphs: [
        "Attune is run by your hospital for its residents and attendings. Taking part is voluntary and can end at any time: write “stop”.",
        "It is coaching, not assessment: nobody is ranked, and nothing goes to an assessment system. It gives no medical advice and is no place for urgent messages.",
      ],
    },
    {
      title: "Attuneのご利用にあたって",
      paragraphs: [
        "Attuneは、病院が研修医と指導医のために運用しています。参加は任意で、「停止」と送ればいつでもやめられます。",
        "学びを支えるためのもので、採点や順位づけはしません。成績をつける仕組みに渡すこともありません。医学的な助言はせず、急ぎの連絡には使えません。",
      ],
    },
  ],
};

export const pageRoutes: readonly PlatformRoute[] = Object.entries(PAGES).map(([path, pages]) => ({
  method: "GET",
  path,
  handle: async () =>
    new Response(htmlOf(pages), {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      },
    }),
}));

/** The texts are ours and contain no HTML characters, so they need no escaping. */
const htmlOf = (pages: readonly Page[]): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${pages[0]!.title}</title><style>body{font:1rem/1.7 system-ui,sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}</style>
${pages
  .map(
    ({ title, paragraphs }, index) =>
      `<section lang="${index === 0 ? "en" : "ja"}"><h1>${title}</h1>${paragraphs.map((one) => `<p>${one}</p>`).join("")}</section>`,
  )
  .join("\n")}</html>`;
