import { expect, it } from "vitest";
import type { Address } from "#src/domain/person.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import type { Identity } from "#src/ports/outbox.ts";
import { otherIdentity } from "#src/schedule/reach.ts";
import { contextOn } from "#test/support/context-on.ts";
import { local, programOf } from "#test/support/programs.ts";

const program = programOf();
const on = (platform: string): Identity => ({ platform, account: "U1", address: "U1" as Address });

it.each([
  [["slack", "teams", "web"], "slack", "teams"],
  [["slack", "teams", "web"], "teams", "slack"],
  [["slack"], "slack", undefined],
])(
  "whoever cannot be written to any more is reached where they were last, of %j, other than in %s: %s",
  async (used, gone, other) => {
    const messengers = new Map(used.map((platform) => [platform, { platform } as Messenger]));
    const kept = { identities: async () => used.map(on) };
    const context = contextOn({ program, duties: [], now: local("2026-12-01T08:00"), kept });

    const found = await otherIdentity(messengers, context, program.people[0]!, on(gone));

    expect(found?.platform).toBe(other);
  },
);
