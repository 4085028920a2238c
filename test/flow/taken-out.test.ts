import { describe, expect, it } from "vitest";
import type { Card } from "#src/card/card.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { AttuneError } from "#src/errors.ts";
import { CHATS_TO_CLEAR, type ChatToClear } from "#src/ports/chats-to-clear.ts";
import type { DeliveryKey } from "#src/ports/messenger.ts";
import { en } from "#src/words/en.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";

const R1 = personId("r1");
const CARD: Card = { locale: "en", notification: "Long ago", blocks: [{ type: "text", text: "Long ago" }] };

/** Both take part, and the first goal is due. */
async function atGoal(wish: Parameters<typeof flow>[0] = {}): Promise<Flow> {
  const attune = await flow({ program: programOf(), roster: together(["r1", "a1"], ["01"]), ...wish });
  await attune.until("2026-12-01T07:45");
  await attune.phone("r1").agrees();
  return attune;
}

describe("a reminder", () => {
  it("takes the place of the message that it reminds of", async () => {
    await using attune = await atGoal();
    await taps(attune, "r1", ["Procedures and ultrasound", en.buttons.later, en.commands.minutes(15)]);

    await attune.until("2026-12-01T08:01");

    const goals = attune
      .phone("r1")
      .chat()
      .filter((text) => text.includes(en.goal.title));
    expect(goals).toHaveLength(1);
    expect(goals[0]).toContain(en.goal.line);
    await attune.phone("r1").writes("one central line");
    expect(attune.phone("r1").reads()).toContain("2/4");
  });
});

describe("whoever has everything of theirs erased", () => {
  const erase = async (attune: Flow): Promise<void> => {
    await attune.phone("r1").says("erase me");
    await attune.phone("r1").taps(en.commands.eraseYes);
  };
  const asked = (attune: Flow): readonly string[] =>
    attune
      .phone("r1")
      .chat()
      .filter((text) => text.includes(en.goal.title));

  it("is told before what is taken out of the chat, and what stays", async () => {
    await using attune = await atGoal();

    await attune.phone("r1").says("erase me");

    expect(attune.phone("r1").reads()).toContain(
      "as far as the platform lets it. What you typed there stays",
    );
  });

  it("may have left before: the button of the question is theirs all the same", async () => {
    await using attune = await atGoal();
    await attune.reopens(programOf({ people: ["a1"] }), together(["a1"], ["01"]));

    await erase(attune);

    expect(attune.phone("r1").newest()).toContain(en.commands.erased);
    expect(asked(attune)).toEqual([]);
  });

  it("finds no message of Attune's about them in the chat, and nothing tells any more where it was", async () => {
    await using attune = await atGoal();
    const before = asked(attune).length;

    await erase(attune);
    await attune.beat();

    expect(before).toBe(1);
    expect(asked(attune)).toEqual([]);
    expect(await attune.store.note(CHATS_TO_CLEAR)).toBe("[]");
  });

  it("finds none either where there were more messages than one beat takes out", async () => {
    await using attune = await atGoal();
    const { cloud, clock, store } = attune;
    const messages = Array.from({ length: 40 }, (_, i) =>
      cloud.post({ to: "r1" as Address, card: CARD, key: `${i}` as DeliveryKey, at: clock.now() }),
    );
    const chat: ChatToClear = { platform: "memory", messages, erasedAt: clock.now() };
    await store.setNote(CHATS_TO_CLEAR, JSON.stringify([chat]));

    for (let beats = 0; beats < 4; beats += 1) await attune.beat();

    expect(attune.phone("r1").chat().join("\n")).not.toContain("Long ago");
    expect(await store.note(CHATS_TO_CLEAR)).toBe("[]");
  });

  it("finds none either where the process ended, or the platform was away, right after the erasing", async () => {
    let isAway = false;
    await using attune = await atGoal({
      messenger: {
        underWay: async () => {
          if (isAway) throw new AttuneError("unavailable", "The platform is away.");
        },
      },
    });
    isAway = true;
    await attune.store.erase(R1, attune.clock.now(), "cli");
    await attune.until("2026-12-01T09:00");
    const meanwhile = asked(attune).length;

    isAway = false;
    await attune.reopens(programOf(), await attune.store.roster());
    await attune.until("2026-12-01T10:00");

    expect(meanwhile).toBe(1);
    expect(asked(attune)).toEqual([]);
  });

  it("is forgotten after a week where the platform never came back", async () => {
    let isAway = false;
    await using attune = await atGoal({
      messenger: {
        underWay: async () => {
          if (isAway) throw new AttuneError("unavailable", "The platform is away.");
        },
      },
    });
    isAway = true;
    await erase(attune);

    await attune.until("2026-12-08T09:00");

    expect(await attune.store.note(CHATS_TO_CLEAR)).toBe("[]");
  });
});
