import { describe, expect, it } from "vitest";
import type { IdentifierKind } from "#src/domain/identifiers.ts";
import { personId } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const POINTING: Readonly<Record<Tongue["locale"], readonly (readonly [IdentifierKind, string])[]>> = {
  en: [
    ["long-number", "follow 1234567 to the ward"],
    ["birth-date", "DOB 3/3/54 with syncope"],
    ["age-and-sex", "intubate the 72F myself"],
    ["room-or-bed", "reassess bed 12 every hour"],
    ["phone", "call daughter at (555) 123-4567"],
    ["email", "follow up via john.smith@example.com"],
    ["record-number", "review MRN: 1234567"],
    ["name", "suture Mr. Smith"],
  ],
  ja: [
    ["long-number", "１２３４５６７の結果を確認"],
    ["birth-date", "生年月日 昭和29年3月3日"],
    ["age-and-sex", "72歳女性の胸痛"],
    ["room-or-bed", "3号室の方の再評価"],
    ["phone", "家族に090-1234-5678で連絡する"],
    ["email", "連絡先は tanaka＠example．jp です"],
    ["record-number", "患者ID 4410 の方の診察"],
    ["name", "田中さんの縫合"],
  ],
};

/** The resident is asked for a line in their own words. */
async function atTheLine({ locale, say, goal }: Tongue): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], ["01"]) });
  await takePart(attune, say, ["r1", "a1"]);
  await attune.until("2026-12-01T07:45");
  await attune.phone("r1").taps(goal("procedures"));
  return attune;
}

/** All that is stored of the resident, as their own export has it. */
const stored = async ({ store }: Flow): Promise<string> => JSON.stringify(await store.export(personId("r1")));

describe.each(TONGUES)("what people write themselves, in $locale", (tongue) => {
  const { say, locale } = tongue;

  // domain: A check refuses free text before
  it.each(POINTING[locale])("is refused when it looks like a patient (%s): %s", async (kind, text) => {
    await using attune = await atTheLine(tongue);
    const before = await stored(attune);

    const reply = await attune.phone("r1").writes(text);

    const why = say.refused.identifier(kind);
    expect(why).toContain(say.identifiers[kind]);
    expect(reply).toMatchObject({ kind: "refused", reason: "identifier", text: why });
    expect(await stored(attune)).toBe(before);
  });

  // domain: A check refuses free text before
  it("is still there to be put right, under the reason", async () => {
    await using attune = await atTheLine(tongue);
    const [kind, text] = POINTING[locale][0]!;
    await attune.phone("r1").writes(text);
    expect(attune.phone("r1").reads()).toContain(`____ ${text}\n${say.refused.identifier(kind)}`);

    await attune.phone("r1").writes("…");

    expect(attune.phone("r1").reads()).toContain(say.strategy.help.resident);
    expect(await stored(attune)).not.toContain(text);
  });

  it("is refused in the same words when it is typed as a message, asked for or not", async () => {
    await using attune = await atTheLine(tongue);
    const [kind, text] = POINTING[locale][2]!;
    const refusal = { kind: "refused", reason: "identifier", text: say.refused.identifier(kind) };

    const resident = await attune.phone("r1").says(text);
    const attending = await attune.phone("a1").says(text);

    expect(resident).toMatchObject(refusal);
    expect(attending).toMatchObject(refusal);
    expect(await stored(attune)).not.toContain(text);
  });

  it("is an answer when it is typed as a message while a line is asked for", async () => {
    await using attune = await atTheLine(tongue);

    const reply = await attune.phone("r1").says("one central line");

    expect(reply).toMatchObject({ kind: "card", replace: false });
    expect(attune.phone("r1").reads()).toContain("one central line");
    expect(attune.phone("r1").reads()).toContain(say.buttons.undo);
    expect(attune.phone("r1").chat().at(-2)).toContain(say.strategy.help.resident);
  });

  // domain: A goal is followed by the optional line
  it("has 140 characters, however many bytes those are", async () => {
    await using attune = await atTheLine(tongue);

    const reply = await attune.phone("r1").writes("𠮷".repeat(141));

    expect(reply).toMatchObject({ reason: "too-long", text: say.refused.tooLong(140, 141) });
    expect(attune.phone("r1").reads()).toContain(say.refused.tooLong(140, 141));
    expect(await stored(attune)).not.toContain("𠮷");
    await attune.phone("r1").writes("𠮷".repeat(140));
    expect(attune.phone("r1").reads()).toContain(say.strategy.help.resident);
  });

  it("is asked for again when there is nothing in it", async () => {
    await using attune = await atTheLine(tongue);

    const reply = await attune.phone("r1").writes(" \n　");

    expect(reply).toMatchObject({ kind: "refused", text: say.refused.empty });
    expect(attune.phone("r1").reads()).toContain(say.goal.line);
  });
});
