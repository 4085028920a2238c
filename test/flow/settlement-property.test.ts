import fc from "fast-check";
import { expect, it } from "vitest";
import { act } from "#src/card/act.ts";
import { ITEMS } from "#src/domain/forms.ts";
import { isAsk, type NudgeId } from "#src/domain/nudge.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { instant } from "#src/domain/time.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { answerInWords } from "#src/flows/view/in-words.ts";
import { wordsFor } from "#src/words/words.ts";
import { partners, plans, wants } from "#test/support/answered-shifts.ts";
import type { Flow } from "#test/support/attune.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { local, programOf } from "#test/support/programs.ts";
import { TONGUES } from "#test/support/tongues.ts";

const RUNS = { numRuns: campaignSize({ quick: 1, usual: 3, long: 30, soak: 500 }), endOnFailure: true };
const TIME = campaignSize({ usual: 60_000, long: 300_000, soak: 3_600_000 });
const [EN] = TONGUES;
const { say, who } = EN!;
const WORDS = wordsFor("en", programOf());
const ATTENDINGS = ["a1", "a2"] as const;
/** The shift ends at 17:00, and its debrief a day later. */
const CLOSES = local("2026-12-02T17:00");

/** One of a pair says something of what they settled on: a step of the scale, each as they were, or a line. */
interface Word {
  readonly attending: "a1" | "a2";
  readonly isResident: boolean;
  readonly value: string;
  /** Minutes after 08:00. */
  readonly minutes: number;
}

const LETTERS = "bcdfghjkmn";
const words = fc
  .array(
    fc.record({
      attending: fc.constantFrom(...ATTENDINGS),
      isResident: fc.boolean(),
      value: fc.constantFrom("1", "2", "3", "4", "apart", "line", "line"),
      minutes: fc.integer({ min: 0, max: 36 * 60 }),
    }),
    { minLength: 3, maxLength: 8, size: "max" },
  )
  .map((all): readonly Word[] =>
    all
      .toSorted((a, b) => a.minutes - b.minutes)
      .map((word, i) => (word.value === "line" ? { ...word, value: `zq${LETTERS[i]}` } : word)),
  );

const isLine = ({ value }: Word): boolean => value.startsWith("zq");
const speakerOf = ({ isResident, attending }: Word): string => (isResident ? "r1" : attending);

/** A resident and two attendings, each two steps apart from the resident, with the card on which they say what they settled. */
async function apart() {
  const attune = await partners(EN!, ["r1", ...ATTENDINGS]);
  await wants(attune, EN!, "01", [3, 2, "after"]);
  for (const id of ATTENDINGS) await plans(attune, EN!, [1, 2, "after"], id);
  await attune.until("2026-12-01T08:00");
  const cards = new Map<string, { readonly nudge: NudgeId; readonly ref: MessageRef }>();
  for (const id of ["r1", ...ATTENDINGS]) {
    const asked = (await attune.store.nudgesOf(personId(id), instant(0), CLOSES)).find(isAsk);
    cards.set(id, { nudge: asked!.id, ref: attune.cloud.chat(id as Address).at(-1)!.ref });
  }
  return { attune, cards };
}

type Cards = Awaited<ReturnType<typeof apart>>["cards"];

function says(attune: Flow, cards: Cards, word: Word) {
  const id = speakerOf(word);
  const { nudge, ref } = cards.get(id)!;
  const about = personId(word.isResident ? word.attending : "r1");
  const ids = { nudge, item: "settled-help", about } as const;
  return isLine(word)
    ? attune.phone(id).submits(ref, act({ verb: "write", ...ids }), { "settled-help": word.value })
    : attune.phone(id).presses(ref, act({ verb: "answer", ...ids, value: word.value }));
}

/** How it stands on a card of `reader`. */
function toldTo(reader: string, word: Word, at: number): string {
  const speaker = speakerOf(word);
  const on = isLine(word)
    ? WORDS.say.settle.written(word.value)
    : answerInWords(WORDS, ITEMS["settled-help"], word.value);
  const name = speaker === reader ? say.you : who(speaker);
  // The card is of Tuesday: what is said later carries its date.
  const isOfTheDay = at < local("2026-12-02T00:00");
  const time = isOfTheDay ? WORDS.format.time(instant(at)) : WORDS.format.moment(instant(at));
  return `${say.settle.label(say.strategy.help.label)}: ${say.settle.said(on, name, time)}`;
}

// domain: Either of the two says what they settled on, by one tap
// domain: A settlement can be said until the debrief closes
it(
  "the last word of the two stands on both cards, none is taken after the debrief closed, and nobody else reads any of it",
  async () => {
    await fc.assert(
      fc.asyncProperty(words, fc.constantFrom("r1", ...ATTENDINGS), async (all, erased) => {
        const { attune, cards } = await apart();
        await using _ = attune;
        const standing = new Map<string, { readonly word: Word; readonly at: number }>();
        const reads = (id: string) => attune.phone(id).chat().join("\n");
        for (const word of all) {
          const at = local("2026-12-01T08:00") + word.minutes * 60_000;
          await attune.clock.set(instant(at));
          await attune.beat();
          const reply = await says(attune, cards, word);
          await attune.beat();

          expect({ word, is: reply.kind }).toEqual({ word, is: at < CLOSES ? "card" : "refused" });
          if (at < CLOSES) standing.set(word.attending, { word, at });
          for (const [attending, last] of standing) {
            for (const id of ["r1", attending]) expect(reads(id)).toContain(toldTo(id, last.word, last.at));
            const other = ATTENDINGS.find((one) => one !== attending)!;
            expect(reads(other)).not.toContain(isLine(last.word) ? last.word.value : `(${who(attending)}`);
          }
        }

        await attune.store.erase(personId(erased), attune.clock.now(), erased);
        await attune.beat();

        const lines = all.filter((word) => isLine(word) && speakerOf(word) === erased);
        for (const id of ["r1", ...ATTENDINGS].filter((one) => one !== erased)) {
          for (const { value } of lines) expect(reads(id)).not.toContain(value);
          const own = all.findLast((word) => speakerOf(word) === id && word.minutes < 33 * 60);
          const kept = (await attune.store.export(personId(id))).replies.filter((one) => !one.superseded);
          expect(own === undefined || kept.some((one) => one.value === own.value)).toBe(true);
        }
      }),
      RUNS,
    );
  },
  TIME,
);
