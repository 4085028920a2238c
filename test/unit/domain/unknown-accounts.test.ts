import { describe, expect, it } from "vitest";
import { DAY, instant, later, MINUTE } from "#src/domain/time.ts";
import {
  asking,
  readUnknown,
  stillKept,
  withAnswer,
  withoutAnswer,
  type UnknownAccounts,
} from "#src/domain/unknown-accounts.ts";
import { personId } from "#src/domain/person.ts";

const NOW = instant(100 * DAY);
const account = (name: string, platform = "slack") => ({ platform, account: name });
const none = readUnknown(undefined);

/** Asked about these, one after the other, all now. */
const askedAbout = (...names: readonly string[]): UnknownAccounts =>
  names.reduce((kept, name) => asking(kept, account(name), name, NOW) as UnknownAccounts, none);

/** What becomes of another message of that account, whose question was answered at this moment. */
const afterAnswer = (is: "r1" | undefined, ago: number) => {
  const asked = askedAbout("U1");
  const answer = {
    id: asked.open[0]!.id,
    mark: "U1",
    by: personId("c1"),
    at: later(NOW, -ago),
    ...(is !== undefined && { is: { person: personId(is), file: "people.csv" } }),
  };
  const next = asking(withAnswer(asked, answer), account("U1"), "U1", NOW);
  return typeof next === "object" ? "asked" : next;
};

describe("whose an account is", () => {
  // domain: Of somebody who writes and is nobody of a program
  it("is asked about five accounts at a time, and about each once", () => {
    const five = askedAbout("U1", "U2", "U3", "U4", "U5");

    expect(five.open.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(asking(five, account("U6"), "U6", NOW)).toBeUndefined();
    expect(asking(five, account("U5"), "U5", NOW)).toBe("again");
    expect(asking(askedAbout("U1"), account("U1", "teams"), "other", NOW)).toHaveProperty("open.length", 2);
  });

  it("is forgotten after 14 days where nobody has answered, and another may be asked about", () => {
    const open = (after: number) => stillKept(askedAbout("U1"), later(NOW, after)).open.length;

    expect([open(14 * DAY - 1), open(14 * DAY)]).toEqual([1, 0]);
  });

  it("is not asked again right after it was answered: a list that was changed may not be everywhere yet", () => {
    expect(afterAnswer("r1", 0)).toBe("again");
    expect(afterAnswer("r1", 10 * MINUTE - 1)).toBe("again");
    expect(afterAnswer("r1", 10 * MINUTE)).toBe("asked");
  });

  it("is asked again as it was where its answer came to nothing, and another's answer stays", () => {
    const asked = askedAbout("U1", "U2");
    const answers = asked.open.map(({ id }) => ({ id, mark: `U${id}`, by: personId("c1"), at: NOW }));
    const answered = answers.reduce(withAnswer, asked);

    const back = withoutAnswer(answered, asked.open[0]!);

    expect(back.open).toEqual([asked.open[0]]);
    expect(back.answered).toEqual([answers[1]]);
  });

  it("is not asked for 90 days where it is nobody's", () => {
    expect(afterAnswer(undefined, 0)).toBeUndefined();
    expect(afterAnswer(undefined, 90 * DAY - 1)).toBeUndefined();
    expect(afterAnswer(undefined, 90 * DAY)).toBe("asked");
  });
});
