import fc from "fast-check";
import { expect, it } from "vitest";
import { renderCard, type SlackCard } from "#adapters/slack/render.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { actsIn, wordsOf } from "#test/support/card-words.ts";
import { anyCard } from "#test/support/random-cards.ts";
import { textsIn, tappables } from "#test/support/slack/words.ts";
import { problemIn, problemInView } from "#test/support/slack/validate.ts";
import { renderContract } from "./render.ts";

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const rig = {
  render: (card: Parameters<typeof renderCard>[0]) => renderCard(card),
  textsOf: ({ blocks, dialogs }: SlackCard) => [
    ...textsIn(blocks),
    ...dialogs.flatMap((dialog) => [...textsIn([dialog["submit"]]), ...textsIn(dialog["blocks"])]),
  ],
  actsOf: ({ blocks, dialogs }: SlackCard) => [
    ...tappables(blocks).flatMap(({ element, option }) =>
      String(element["action_id"]).startsWith("act-")
        ? [String((option ?? element)["value"])].filter((act) => act !== "")
        : [],
    ),
    ...dialogs.map((dialog) => (JSON.parse(String(dialog["private_metadata"])) as { act: string }).act),
  ],
  notificationOf: ({ text }: SlackCard) => unescaped(text),
  check: ({ blocks, dialogs, text }: SlackCard) => [
    ...(text.length > 4_000 ? ["text over 4,000"] : []),
    ...[problemIn(blocks, "message"), ...dialogs.map(problemInView)].flatMap((problem) => problem ?? []),
  ],
};

renderContract("slack", rig);

it("finds no silent loss and no payload beyond a limit in random cards, as a message and as a view", () => {
  const property = fc.property(
    anyCard,
    fc.constantFrom("message" as const, "view" as const),
    (card, surface) => {
      const { payload, losses } = renderCard(card, surface);

      const problem =
        surface === "message"
          ? rig.check(payload)[0]
          : problemInView({ type: "home", blocks: payload.blocks });
      const lost = new Set(losses.map((loss) => loss.block));
      const shown = rig.textsOf(payload).join("\n");
      const acts = new Set(rig.actsOf(payload));
      const silent = card.blocks.filter(
        (block, index) =>
          !lost.has(index) &&
          (wordsOf(block).some((word) => !shown.includes(word)) ||
            actsIn(block).some((act) => !acts.has(act))),
      );
      expect({ problem, silent }).toEqual({ problem: undefined, silent: [] });
    },
  );

  fc.assert(property, { numRuns: campaignSize({ usual: 300, long: 1_000, soak: 20_000 }) });
}, 600_000);
