import { describe, expect, it } from "vitest";

/** What a contract asks of a rig, by the sentence that says it. */
export type Rules<Rig> = Readonly<Record<string, (rig: Rig) => Promise<void> | void>>;

/** Why a platform does not keep a rule, by the rule's sentence. */
export type Excuses<Sentence extends string> = Partial<Record<Sentence, string>>;

/** Holds a rig to each rule, on a rig of its own. A rule with an excuse must fail: an excuse that is not needed is an error. */
export function holdTo<Rig extends AsyncDisposable>(
  title: string,
  rules: Rules<Rig>,
  open: () => Promise<Rig>,
  excuses: Excuses<string> = {},
): void {
  describe(title, () => {
    for (const [rule, holds] of Object.entries(rules)) {
      const excuse = excuses[rule];
      if (excuse === undefined) {
        it(rule, async () => {
          await using rig = await open();
          await expect(tried(holds, rig)).resolves.toBeUndefined();
        });
      } else {
        it(`${rule}: not here, since ${excuse}`, async () => {
          await using rig = await open();
          await expect(tried(holds, rig)).rejects.toThrow();
        });
      }
    }
  });
}

/** A rule that throws at once is a promise that fails, like any other. */
const tried = async <Rig>(holds: (rig: Rig) => Promise<void> | void, rig: Rig): Promise<void> => holds(rig);
