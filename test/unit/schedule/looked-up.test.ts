import { expect, it } from "vitest";
import type { Address } from "#src/domain/person.ts";
import { AttuneError, type ErrorCode } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import type { DeliveryKey, MessageRef } from "#src/ports/messenger.ts";
import type { GuardedMessenger } from "#src/schedule/reach.ts";
import { lookedUp } from "#src/schedule/undelivered.ts";
import { programOf } from "#test/support/programs.ts";

/** What a platform's look-up does: finds it, finds nothing, fails, or is not there. */
type LookUp = "finds" | "nothing" | ErrorCode | "none";

/** Somebody with one account on each of these platforms. */
async function told(lookUps: readonly LookUp[]): Promise<string> {
  const platforms = lookUps.map((lookUp, at) => ({ lookUp, platform: `platform ${at}` }));
  const messengers = new Map(
    platforms.map(({ lookUp, platform }) => {
      const find = async (): Promise<MessageRef | undefined> => {
        if (lookUp === "finds") return platform as MessageRef;
        if (lookUp === "nothing") return undefined;
        throw new AttuneError(lookUp as ErrorCode, "It cannot be looked up.");
      };
      const messenger = {
        platform,
        supports: { lookup: lookUp !== "none" },
        addressOf: (account: string) => account as Address,
        ...(lookUp === "none" ? {} : { find }),
      };
      return [platform, messenger as unknown as GuardedMessenger] as const;
    }),
  );
  const program = programOf();
  const identities = platforms.map(({ platform }) => ({ platform, account: "r1", address: "r1" as Address }));
  const context = { program, store: { identities: async () => identities } } as unknown as Context;
  const person = program.people.find(({ id }) => (id as string) === "r1");
  const found = await lookedUp({ messengers }, context, person, "key" as DeliveryKey);
  return typeof found === "string" ? found : found instanceof AttuneError ? found.code : found.message;
}

it.each([
  [["finds"], "platform 0"],
  [["nothing", "finds"], "platform 1"],
  [["unreachable", "finds"], "platform 1"],
  [["nothing", "nothing"], "nothing"],
  [["nothing", "unreachable"], "unreachable"],
  [["none"], "unknown"],
  // Somebody who has no account any more may have got it all the same.
  [[], "unknown"],
  // It may stand where nobody can look: that the other account is closed says nothing of it.
  [["unreachable", "none"], "unknown"],
  [["nothing", "none"], "unknown"],
] as const)("look-ups that come to %j tell: %s", async (lookUps, outcome) => {
  expect(await told(lookUps)).toBe(outcome);
});

it.each(["ambiguous", "unavailable", "rate-limited", "config"] as const)(
  "a look-up that fails as %s is made again later",
  async (code) => {
    await expect(told([code])).rejects.toMatchObject({ code });
  },
);
