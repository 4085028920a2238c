import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { packageFiles } from "#adapters/teams/package/package.ts";
import { pageRoutes } from "#adapters/teams/pages.ts";
import { textsIn } from "#adapters/slack/texts.ts";
import { en } from "#adapters/web/texts-en.ts";
import { ja } from "#adapters/web/texts-ja.ts";

const WISH = {
  appId: "11111111-1111-4111-8111-111111111111",
  url: "https://attune.hospital.example",
  developer: "Sakura City Hospital",
  version: "1.0.0",
};

/** All that a platform's adapter says by itself, around what the core says. */
async function around(): Promise<string> {
  const request = {} as never;
  const pages = await Promise.all(pageRoutes.map(async (page) => (await page.handle(request)).text()));
  const files = packageFiles(WISH);
  const app = ["en.json", "ja.json"].map((name) => files[name]!.toString());
  return [JSON.stringify([en, ja, textsIn("en"), textsIn("ja")]), ...pages, ...app].join("\n");
}

// domain: The word "anonymous" is never used
// domain: This is coaching, not assessment
it("what the adapters say around the core's words never raises its voice, and never judges", async () => {
  const text = await around();

  // "!" stands in "<!doctype", and "score" in nothing.
  const forbidden = /[a-z]!|！|評価|査定|成績が|anonymous|匿名|scor(?:e|ing)|competen|能力|percentile/giu;
  expect([...text.matchAll(forbidden)].map(([found]) => found)).toEqual([]);
});

it("Japanese is written with Japanese signs, beside the playground's phones too", () => {
  const file = new URL("../../../adapters/web/texts-ja.ts", import.meta.url);
  const texts = [...readFileSync(file, "utf8").matchAll(/: "([^"]*[\u3040-\u30ff\u4e00-\u9fff][^"]*)"/gu)];

  expect(texts.length).toBeGreaterThan(60);
  expect(texts.map(([, text]) => text!).filter((text) => /[(),:]|Attune [^。]/u.test(text))).toEqual([]);
});
