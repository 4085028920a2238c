import { expect, it } from "vitest";
import type { Card } from "#src/card/card.ts";
import { instant } from "#src/domain/time.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { LastShown } from "#src/schedule/edits.ts";

const card = (notification: string): Card => ({ locale: "en", notification, blocks: [] });
const message = (at: number) => ({ platform: "memory", message: `m${at}` as MessageRef });

// domain: An edit that changes nothing that its reader sees
it("what a message shows is known by its card and version, of the five thousand that were shown last", () => {
  const shown = new LastShown();
  const isKnown = (at: number, what = "Hello", version = 1) =>
    shown.sinceWhen(message(at), card(what), version) !== undefined;
  const show = (at: number) => shown.shows(message(at), card("Hello"), 1, instant(at));

  for (let at = 1; at <= 5_000; at += 1) show(at);
  const all = [isKnown(1), isKnown(5_000), isKnown(5_000, "Hello again"), isKnown(5_000, "Hello", 2)];
  show(1);
  show(5_001);

  expect(all).toEqual([true, true, false, false]);
  expect([isKnown(1), isKnown(2), isKnown(3)]).toEqual([true, false, true]);
});
