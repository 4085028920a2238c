import { describe, expect, it } from "vitest";
import type { Address } from "#src/domain/person.ts";
import { MINUTE, later, type Instant } from "#src/domain/time.ts";
import type { Directory } from "#src/ports/messenger.ts";
import { AttuneError } from "#src/errors.ts";
import { plain } from "#src/card/plain.ts";
import { flow } from "#test/support/attune.ts";
import { local, programOf, someone } from "#test/support/programs.ts";
import { NORTH, programCalled, SOUTH, twoPrograms } from "#test/support/two-programs.ts";
import { together } from "#test/support/together.ts";
import { en } from "#src/words/en.ts";

const R1 = { platform: "memory", account: "U1", address: "U1" as Address };

/** r1 has an e-mail and no account in people.csv; the platform knows the e-mail as U1. */
const program = () => ({
  ...programOf(),
  people: [someone("r1", { accounts: {}, email: "Ken@example.org" }), someone("a1")],
});

const directory = (accounts: Readonly<Record<string, string>>): Directory => ({
  accountOf: async (email) => accounts[email.toLowerCase()],
  emailsOf: async (account) => Object.keys(accounts).filter((email) => accounts[email] === account),
});

describe("somebody whose account people.csv does not name", () => {
  // domain: Consent is asked before the first reply
  it("is asked where their e-mail is known, and nothing of it is kept before they agree", async () => {
    await using attune = await flow({
      program: program(),
      messenger: { directory: directory({ "ken@example.org": "U1" }) },
    });

    await attune.until("2026-12-01T07:45");

    expect(attune.cloud.chat(R1.address).map(({ card }) => plain(card))).toEqual([
      expect.stringContaining(en.consent.what.resident),
    ]);
    expect(await attune.store.identities("r1" as never)).toEqual([]);
  });

  it("is known by their e-mail when they come, and by their account from then on", async () => {
    const accounts: Record<string, string> = { "ken@example.org": "U1" };
    await using attune = await flow({ program: program(), messenger: { directory: directory(accounts) } });
    const says = (event: string, text: string) =>
      attune.running.bot.receive({ type: "said", event, sender: R1, text });
    await attune.running.bot.receive({ type: "pressed", event: "e1", sender: R1, act: "agree/0" as never });

    delete accounts["ken@example.org"];

    expect(await says("e2", "help")).toMatchObject({ kind: "card" });
    expect(await attune.store.identities("r1" as never)).toEqual([R1]);
  });

  it("is nobody when the platform has no such e-mail", async () => {
    await using attune = await flow({ program: program(), messenger: { directory: directory({}) } });

    const reply = await attune.running.bot.receive({ type: "said", event: "e1", sender: R1, text: "help" });

    expect(reply).toMatchObject({ kind: "refused", reason: "unknown-person" });
  });

  it("is not taken for a colleague whose account is named", async () => {
    const named = {
      ...programOf(),
      people: [someone("r1", { accounts: { memory: "U9" }, email: "k@x.org" })],
    };
    await using attune = await flow({
      program: named,
      messenger: { directory: directory({ "k@x.org": "U1" }) },
    });

    const reply = await attune.running.bot.receive({ type: "said", event: "e1", sender: R1, text: "help" });

    expect(reply).toMatchObject({ kind: "refused", reason: "unknown-person" });
  });

  it("is known by the sign-in address that people.csv names as their account, before and after they agree", async () => {
    const named = {
      ...programOf(),
      people: [someone("r1", { accounts: { memory: "Ken@sign-in.example" }, email: "k@x.org" })],
    };
    await using attune = await flow({
      program: named,
      messenger: { directory: directory({ "ken@sign-in.example": "U1" }) },
    });
    const does = (event: string, over: object) =>
      attune.running.bot.receive({ type: "said", event, sender: R1, text: "help", ...over } as never);

    const before = await does("e1", {});
    await does("e2", { type: "pressed", act: "agree/0" });

    expect([before.kind, (await does("e3", {})).kind]).toEqual(["card", "card"]);
    expect(await attune.store.identities("r1" as never)).toEqual([R1]);
  });

  it("waits while the platform cannot say who they are", async () => {
    let isOut = true;
    const known = directory({ "ken@example.org": "U1" });
    await using attune = await flow({
      program: program(),
      messenger: {
        directory: {
          ...known,
          accountOf: async (email) => {
            if (isOut) throw new AttuneError("unavailable", "The directory is out of reach.");
            return known.accountOf(email);
          },
        },
      },
    });
    await attune.until("2026-12-01T07:45");
    const before = attune.cloud.chat(R1.address).length;

    isOut = false;
    await attune.until("2026-12-01T07:50");

    expect(before).toBe(0);
    expect(attune.cloud.chat(R1.address)).toHaveLength(1);
  });

  const unnamed = { accounts: {}, email: "ken@example.org" };
  const served = {
    "one program is": (messenger: { readonly directory: Directory }) =>
      flow({ program: program(), messenger }),
    "several programs are": (messenger: { readonly directory: Directory }) =>
      twoPrograms([programCalled(NORTH, "en", [unnamed, {}]), programCalled(SOUTH, "ja")], messenger),
  } as const;

  it.each(Object.entries(served))(
    "is looked up ever more seldom while the platform cannot say it, where %s served",
    async (_, open) => {
      let at = (): Instant => local("2026-12-01T00:00");
      const lookups: Instant[] = [];
      const accountOf = async () => {
        lookups.push(at());
        throw new AttuneError("unavailable", "The directory is out of reach.");
      };
      await using attune = await open({ directory: { emailsOf: async () => [], accountOf } });
      at = () => attune.clock.now();

      await attune.until("2026-12-01T07:44");
      lookups.length = 0;
      await attune.until("2026-12-01T10:44");

      // Half a minute later, then twice as long each time, an hour at most.
      const early = lookups.filter((one) => one < local("2026-12-01T07:50"));
      expect(early.length).toBeGreaterThan(2);
      expect(lookups.length).toBeLessThan(4 * early.length);
    },
  );

  it("is looked up when the platform wants to be asked again, and nobody else is before", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `r${index + 1}`);
    const emails = new Map(ids.map((id) => [`${id}@example.org`, `U-${id}`]));
    const lookups: Instant[] = [];
    await using attune = await flow({
      program: {
        ...programOf(),
        people: [
          ...ids.map((id) => someone(id, { accounts: {}, email: `${id}@example.org` })),
          someone("a1"),
        ],
      },
      roster: together([...ids, "a1"], ["01"]),
      messenger: {
        directory: {
          emailsOf: async () => [],
          accountOf: async (email) => {
            lookups.push(attune.clock.now());
            if (lookups.length === 1)
              throw new AttuneError("rate-limited", "Not so fast.", { retryAfter: 2 * MINUTE });
            return emails.get(email);
          },
        },
      },
    });
    const due = local("2026-12-01T07:45");

    await attune.until("2026-12-01T07:50");

    // Those whose turn it was at the same moment had already asked.
    expect(lookups.filter((at) => at < later(due, 2 * MINUTE)).length).toBeLessThan(ids.length / 2);
    const arrived = [...emails.values()].map((account) => attune.cloud.chat(account as Address).length);
    expect(arrived).toEqual(ids.map(() => 1));
  });
});
