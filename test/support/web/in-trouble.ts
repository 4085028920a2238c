import type { Health } from "#src/ops/health.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import type { Started } from "#test/support/started.ts";
import type { Page } from "./page.ts";

/** More answers than what a database writes anew without growing can take. */
const MANY = 2_000;

/** What a person reads whose answer could not be kept. */
export const NOT_SAVED = new Set<string>([en.refused.notSaved, ja.refused.notSaved]);

export const healthz = async ({ url }: Started): Promise<{ status: number; health: Health }> => {
  const answer = await fetch(`${url}/healthz`);
  return { status: answer.status, health: (await answer.json()) as Health };
};

export /** Somebody who answers one thing after another; what was acknowledged is noted. */
function answering(page: Page) {
  const acknowledged: { event: string; locale: string }[] = [];
  const say = async (event: string) => {
    const locale = acknowledged.length % 2 === 0 ? "ja" : "en";
    const answer = await page.post("/say", { person: "r1", event, text: `language ${locale}` });
    if (answer.status === 200) acknowledged.push({ event: `web:${event}`, locale });
    return answer;
  };
  return {
    acknowledged,
    say,
    async untilRefused() {
      for (let i = 0; i < MANY; i += 1) {
        const event = crypto.randomUUID();
        const answer = await say(event);
        if (answer.status !== 200) return { event, answer };
      }
      throw new Error(`${MANY} answers were taken with no room for them`);
    },
  };
}
