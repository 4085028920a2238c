import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import type { Address } from "#src/domain/person.ts";
import { flow, sentTo, type Flow } from "#test/support/attune.ts";
import { buttonOf } from "#test/support/buttons.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

/** The resident has set a goal with a line; where `answered`, both have said how they want to work. */
async function withGoal({ locale, say, goal }: Tongue, answered: boolean): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], ["01"]) });
  await takePart(attune, say, ["r1", "a1"]);
  await attune.until("2026-12-01T07:45");
  const { help, call, feedback } = say.strategy;
  const same = [help.answers[3], call.answers[2], feedback.answers.after];
  await attune.phone("r1").taps(goal("resuscitation"));
  await attune.phone("r1").writes("lead once");
  await taps(attune, "r1", same);
  await attune.until("2026-12-01T08:10");
  if (answered) await taps(attune, "a1", same);
  return attune;
}

describe.each(TONGUES)("a goal that changes as the shift goes, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { help } = say.strategy;
  const shown = (attune: Flow) => attune.phone("a1").chat().join("\n");

  // domain: The goal may be changed until the shift ends
  it.each([false, true])(
    "is followed by both cards, which say since when; both answered: %s",
    async (answered) => {
      await using attune = await withGoal(tongue, answered);
      await attune.until("2026-12-01T10:40");
      const sent = sentTo(attune, "a1");

      await taps(attune, "r1", [say.buttons.change, goal("history")]);
      const atOnce = attune.phone("r1").reads();
      await attune.phone("r1").writes("one in five minutes");

      const since = say.goal.changedAt("10:40");
      for (const own of [atOnce, attune.phone("r1").reads()])
        expect(own).toContain(`${say.goal.label} · ${since}: ${goal("history")}`);
      expect(shown(attune)).toContain(
        `${say.plan.goalOf(who("r1"))} · ${since}: “${say.labelled(goal("history"), "one in five minutes")}”`,
      );
      expect(sentTo(attune, "a1")).toBe(sent);
    },
  );

  // domain: A new category never keeps the old line
  it("never keeps the old line: it is asked anew, and gone from the partner's card in the same act", async () => {
    await using attune = await withGoal(tongue, true);

    await taps(attune, "r1", [say.buttons.change, goal("history")]);

    expect(attune.phone("r1").reads()).toContain(say.goal.line);
    expect(attune.phone("r1").reads()).toContain(say.goal.examples["history"]);
    for (const id of ["r1", "a1"]) expect(attune.phone(id).chat().join("\n")).not.toContain("lead once");
  });

  it("keeps its line where the same category is chosen again", async () => {
    await using attune = await withGoal(tongue, false);

    await taps(attune, "r1", [say.buttons.change, goal("resuscitation")]);

    expect(attune.phone("r1").reads()).toContain("lead once");
    expect(shown(attune)).toContain("lead once");
    expect(shown(attune)).not.toContain(say.goal.changedAt("08:10"));
  });

  it("says since when of a line that took another's place", async () => {
    await using attune = await withGoal(tongue, true);
    await attune.until("2026-12-01T11:30");

    await attune.phone("r1").presses(...button(attune, 1));
    await attune.phone("r1").writes("lead twice");

    expect(shown(attune)).toContain(
      `${say.plan.goalOf(who("r1"))} · ${say.goal.changedAt("11:30")}: “${say.labelled(goal("resuscitation"), "lead twice")}”`,
    );
  });

  it("takes the line that is typed as a message, though everything was answered before", async () => {
    await using attune = await withGoal(tongue, true);
    await taps(attune, "r1", [say.buttons.change, goal("history")]);

    await attune.phone("r1").says("one in five minutes");

    expect(shown(attune)).toContain(`“${say.labelled(goal("history"), "one in five minutes")}”`);
  });

  // domain: The resident may share only the category
  it.each(["category", "private"] as const)("says at once that it is shared less: %s", async (share) => {
    await using attune = await flow({
      program: programOf({ locale: tongue.locale }),
      roster: together(["r1", "a1"], ["01"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-01T07:45");
    await attune.phone("r1").taps(goal("resuscitation"));
    await attune.phone("r1").writes("lead once");

    await taps(attune, "r1", [say.buttons.share, say.goal.shares[share]]);

    expect(attune.phone("r1").reads()).toContain(`${say.goal.shareLabel}: ${say.goal.shares[share]}`);
    expect(attune.phone("r1").reads()).toContain(help.answers[1]);
  });

  // domain: The resident may share only the category
  it("can be shared less until the shift ends, and not after", async () => {
    await using attune = await withGoal(tongue, true);
    await attune.until("2026-12-01T16:59");

    await taps(attune, "r1", [say.buttons.share, say.goal.shares.private]);

    expect(shown(attune)).toContain(say.plan.noGoal(who("r1")));
    const share = buttonOf(attune, "r1", say.buttons.share);
    await attune.until("2026-12-01T17:00");
    const late = await attune.phone("r1").presses(share.message, share.act);
    expect(JSON.stringify(late)).not.toContain(say.goal.shares.full);
  });

  it("leaves what both have answered locked", async () => {
    await using attune = await withGoal(tongue, true);

    await taps(attune, "r1", [say.buttons.change, goal("history"), say.buttons.skip]);

    expect(attune.phone("r1").reads()).toContain(say.reveal.same);
    expect(attune.phone("r1").reads()).not.toContain(help.resident);
  });

  it("is simply the goal for an attending who is asked after it changed", async () => {
    await using attune = await flow({
      program: programOf({ locale: tongue.locale }),
      roster: together(["r1", "a1"], ["01"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-01T07:45");
    await attune.phone("r1").taps(goal("resuscitation"));
    await attune.until("2026-12-01T07:50");
    await taps(attune, "r1", [say.buttons.change, goal("history")]);

    await attune.until("2026-12-01T08:10");
    await taps(attune, "a1", [help.answers[3]]);

    expect(shown(attune)).toContain(`${say.plan.goalOf(who("r1"))}: “${goal("history")}”`);
  });

  it("says nothing of a goal that the partner never saw", async () => {
    await using attune = await withGoal(tongue, false);
    await taps(attune, "r1", [say.buttons.share, say.goal.shares.private]);
    await attune.until("2026-12-01T09:00");
    await taps(attune, "r1", [say.buttons.change, goal("history"), say.buttons.skip]);
    await attune.until("2026-12-01T09:30");

    await taps(attune, "r1", [say.buttons.share, say.goal.shares.full]);

    expect(shown(attune)).toContain(`${say.plan.goalOf(who("r1"))}: “${goal("history")}”`);
  });

  /** The n-th "change" on the resident's card. */
  function button(attune: Flow, n: number) {
    const message = attune.cloud.chat("r1" as Address).at(-1)!;
    const changes = tapsOf(message.card).filter(({ tap }) => tap.label === say.buttons.change);
    return [message.ref, changes[n]!.tap.act] as const;
  }
});
