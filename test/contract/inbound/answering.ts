import { expect } from "vitest";
import { ODD, TAP, WRITE, asking, sent, shown, writing } from "./cards.ts";
import type { RefusalReason } from "#src/ports/inbound.ts";
import type { Deed, InboundRig } from "./rig.ts";

const REFUSAL = "This was not kept: Kerria.";

/** What the core returns is shown where the person is. */
export const answering = {
  "the card that answers a tap stands in place of the one that was tapped": async (rig: InboundRig) => {
    const message = await sent(rig, asking);
    rig.answer(() => ({ kind: "card", card: shown("Camellia"), replace: true }));

    const deed = await rig.presses(message, TAP);

    expect(deed.taken).toBe(true);
    expect(await rig.shows()).toEqual([expect.stringContaining("Camellia")]);
    expect((await rig.shows()).join("\n")).not.toContain("Mimosa");
  },

  "a card that replaces nothing is a message of its own": async (rig: InboundRig) => {
    const message = await sent(rig, asking);
    rig.answer(() => ({ kind: "card", card: shown("Camellia"), replace: false }));

    await rig.presses(message, TAP);

    expect(await rig.shows()).toEqual([
      expect.stringContaining("Mimosa"),
      expect.stringContaining("Camellia"),
    ]);
  },

  "a typed message is answered in the same chat": async (rig: InboundRig) => {
    rig.answer(() => ({ kind: "card", card: shown("Camellia"), replace: false }));

    await rig.says("help");

    expect(await rig.shows()).toEqual([expect.stringContaining("Camellia")]);
  },

  "a file reaches the person under its name, as it was made, with a sentence": async (rig: InboundRig) => {
    rig.answer(() => ({ kind: "card", card: said("Camellia"), replace: false, file }));

    await rig.says("figures");

    expect((await everything(rig)).join("\n")).toContain("Camellia");
    expect(await rig.files()).toEqual([{ name: "2026年11月.csv", text: LINES }]);
  },

  "a file that a tap asks for leaves the message as it was": async (rig: InboundRig) => {
    const message = await sent(rig, asking);
    const [before] = await rig.shows();
    rig.answer(() => ({ kind: "card", card: said("Camellia"), replace: false, file }));

    await rig.presses(message, TAP);

    expect((await rig.files()).map(({ text }) => text)).toEqual([LINES]);
    expect((await rig.shows())[0]).toContain(before);
  },

  "where there is nothing to answer, nothing changes": async (rig: InboundRig) => {
    const message = await sent(rig, asking);
    const before = await rig.shows();

    const deed = await rig.presses(message, TAP);

    expect(deed.taken).toBe(true);
    expect(await rig.shows()).toEqual(before);
  },

  "a refusal is said where the person is, and the message stays as it was": async (rig: InboundRig) => {
    const message = await sent(rig, asking);
    const before = await rig.shows();
    rig.answer(() => ({ kind: "refused", reason: "expired", text: REFUSAL }));

    await rig.presses(message, TAP);

    expect((await everything(rig)).join("\n")).toContain(REFUSAL);
    expect((await rig.shows())[0]).toContain(before[0]);
  },

  "a refusal's card stands in place of the one that was tapped": async (rig: InboundRig) => {
    const message = await sent(rig, asking);
    rig.answer(() => ({ kind: "refused", reason: "locked", text: REFUSAL, card: shown("Camellia") }));

    await rig.presses(message, TAP);

    const shownNow = (await rig.shows()).join("\n");
    expect(shownNow).toContain("Camellia");
    expect(shownNow).not.toContain("Mimosa");
    expect((await everything(rig)).join("\n")).toContain(REFUSAL);
  },

  "a typed message that was refused gets the reason": async (rig: InboundRig) => {
    rig.answer(() => ({ kind: "refused", reason: "identifier", text: REFUSAL }));

    await rig.says("hello");

    expect((await everything(rig)).join("\n")).toContain(REFUSAL);
  },

  "what could not be saved is said, and stays in the field": async (rig: InboundRig) => {
    const message = await sent(rig, writing);
    rig.answer(() => ({ kind: "refused", reason: "not-saved", text: REFUSAL }));

    await rig.submits(message, WRITE, { line: "Nandina" });

    expect((await everything(rig)).join("\n")).toContain(REFUSAL);
    expect(await rig.typed()).toBe("Nandina");
  },

  "what was refused is never remembered as done: the same act from the same surface reaches the core again":
    async (rig: InboundRig) => {
      for (const [name, { first, again }] of Object.entries(await actsFromOneSurface(rig))) {
        for (const reason of REFUSALS) {
          rig.answer(() => ({ kind: "refused", reason, text: REFUSAL }));
          await first();
          const before = rig.received.length;
          rig.answer(() => ({ kind: "none" }));

          const deed = await again();

          // An adapter may look anew at a home tab that is open: that is no act of the person.
          const fresh = rig.received.slice(before);
          const acts = fresh.filter(({ type }) => type === fresh[0]?.type);
          expect([name, reason, acts.length]).toEqual([name, reason, 1]);
          expect([name, reason, deed.taken]).toEqual([name, reason, true]);
        }
      }
    },

  "a line that was refused and then corrected is kept as it was corrected": async (rig: InboundRig) => {
    const message = await sent(rig, writing);
    rig.answer(() => ({ kind: "refused", reason: "identifier", text: REFUSAL }));
    await rig.submits(message, WRITE, { line: "Kerria" });
    rig.answer(() => ({ kind: "card", card: shown("Camellia"), replace: true }));

    await rig.corrects(message, WRITE, { line: ODD });

    expect(rig.received.at(-1)).toMatchObject({ type: "submitted", values: { line: ODD } });
    expect(await rig.typed()).toBeUndefined();
    expect((await rig.shows()).join("\n")).toContain("Camellia");
  },

  "an act that the core failed at is not passed off as taken": async (rig: InboundRig) => {
    const message = await sent(rig, asking);
    const before = await rig.shows();
    rig.answer(() => Promise.reject(new Error("the core failed")));

    const deed = await rig.presses(message, TAP);

    expect(deed.taken).toBe(false);
    expect((await rig.shows())[0]).toContain(before[0]);
    expect((await everything(rig)).join("\n")).not.toContain("the core failed");
  },
};

const LINES = '\uFEFF"図, と",数\r\n1,2\r\n';
const file = { name: "2026年11月.csv", bytes: new TextEncoder().encode(LINES), again: TAP };

/** A card that says one sentence, also where only that is shown. */
const said = (text: string) => ({ ...shown(text), notification: text });

const REFUSALS: readonly RefusalReason[] = [
  "unknown-person",
  "not-yours",
  "expired",
  "locked",
  "not-understood",
  "identifier",
  "too-long",
  "not-saved",
];

interface Twice {
  first(): Promise<Deed>;
  again(): Promise<Deed>;
}

/** Every kind of act, each from one surface that stays as it is. */
async function actsFromOneSurface(rig: InboundRig): Promise<Readonly<Record<string, Twice>>> {
  const [choice, line] = [await sent(rig, asking), await sent(rig, writing, "k2")];
  const twice = (act: () => Promise<Deed>): Twice => ({ first: act, again: act });
  return {
    opens: twice(() => rig.opens()),
    says: twice(() => rig.says("Kerria")),
    presses: twice(() => rig.presses(choice, TAP)),
    submits: {
      first: () => rig.submits(line, WRITE, { line: "Kerria" }),
      again: () => rig.corrects(line, WRITE, { line: "Nandina" }),
    },
  };
}

const everything = async (rig: InboundRig): Promise<readonly string[]> => [
  ...(await rig.shows()),
  ...(await rig.told()),
];
