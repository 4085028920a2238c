import { describe, expect, it } from "vitest";
import type { Flow } from "#test/support/attune.ts";
import { BOTH_WEEKS, FIRST_MONDAY, living, people, program } from "#test/support/check-in-weeks.ts";
import { programOf } from "#test/support/programs.ts";
import { taps } from "#test/support/together.ts";
import { TONGUES, type Tongue } from "#test/support/tongues.ts";

const LINE = "ask me my plan first";

/** r1's check-in is about a1 and a2. About a1 both have answered; about a2 r1 never answers. */
async function halfAnswered({ locale, say }: Tongue): Promise<Flow> {
  const spoken = { ...programOf({ people, locale }), policy: program.policy };
  const attune = await living(FIRST_MONDAY, { program: spoken, roster: BOTH_WEEKS });
  const { agreement } = say;
  await taps(attune, "a1", [agreement[1], agreement[5], agreement[5]]);
  await attune.phone("a1").writes(LINE);
  await taps(attune, "r1", [agreement[5], agreement[5], agreement[2], say.buttons.skip]);
  return attune;
}

/** r1's card of the check-in. */
const cardOf = (attune: Flow, { say, who }: Tongue): string =>
  attune
    .phone("r1")
    .chat()
    .findLast((text) => text.includes(say.checkIn.title(who("a1", "a2"))))!;

describe.each(TONGUES)("a check-in that closes half-way, in $locale", (tongue) => {
  const { say, who } = tongue;

  // domain: Nothing is revealed until both have answered
  it("still shows what both have answered about the first partner, and the partner's line", async () => {
    await using attune = await halfAnswered(tongue);
    const told = [
      `${who("a1")}: ${say.agreement[1]}`,
      say.reveal.directions["week-goal"].different,
      say.reveal.starters["week-goal"].different,
      LINE,
    ];
    const open = cardOf(attune, tongue);

    await attune.until("2026-12-10T09:01");
    const closed = cardOf(attune, tongue);

    expect(closed).toContain(say.closed.expired);
    for (const text of told) expect(open).toContain(text);
    for (const text of [...told, say.checkIn.support(say.checkIn.anybody)])
      expect(closed.split(text)).toHaveLength(2);
  });

  it("shows nothing of a partner whom its reader has not answered about", async () => {
    await using attune = await halfAnswered(tongue);
    await taps(attune, "a2", [say.agreement[1], say.agreement[1], say.agreement[5], say.buttons.skip]);

    await attune.until("2026-12-10T09:01");

    expect(cardOf(attune, tongue)).not.toContain(`${who("a2")}: ${say.agreement[1]}`);
  });
});
