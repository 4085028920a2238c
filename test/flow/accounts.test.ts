import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { plain } from "#src/card/plain.ts";
import { tapsOf } from "#src/card/act.ts";
import type { Address, Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Directory } from "#src/ports/messenger.ts";
import { AttuneError } from "#src/errors.ts";
import { en } from "#src/words/en.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, someone } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";

const RUNS = campaignSize({ quick: 10, usual: 40, long: 200 });

const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;
const DAYS = ["01", "02", "03", "04", "05"];

const { help: asks, call, feedback } = en.strategy;
const WANTS = [asks.answers[3], call.answers[2], feedback.answers.after];
const PLANS = [asks.answers[1], call.answers[2], feedback.answers.after];

const programWith = (...people: readonly Person[]): Program => ({ ...programOf(), people });
const days = (...ids: readonly string[]) => together(ids, DAYS);

const emailOf = (human: string): string => `${human}@example.org`;

/** Who has which account now; an account that a human had before has their e-mail still. */
const directoryOf = (accounts: Readonly<Record<string, string>>): Directory => ({
  accountOf: async (email) => accounts[email.split("@")[0]!],
  emailsOf: async (account) => [emailOf(account.split("-")[0]!)],
});

const help = (attune: Flow, account: string) => attune.phone(account).says("help");

describe("who an account is", () => {
  it("is what people.csv says now: an account corrected there gets the next ask, and the old one nothing", async () => {
    await using attune = await flow({
      program: programWith(someone("r1", { accounts: { memory: "U1" } }), someone("a1")),
      roster: days("r1", "a1"),
    });
    await attune.until("2026-12-01T07:45");
    await attune.phone("U1").agrees();
    const before = attune.phone("U1").chat().length;

    const corrected = programWith(someone("r1", { accounts: { memory: "U2" } }), someone("a1"));
    await attune.reopens(corrected, days("r1", "a1"));
    await attune.until("2026-12-02T07:46");

    expect(attune.phone("U2").reads()).toContain(en.goal.question);
    expect(attune.phone("U1").chat()).toHaveLength(before);
    expect(await help(attune, "U1")).toMatchObject({ reason: "unknown-person" });
    expect(await help(attune, "U2")).toMatchObject({ kind: "card" });
  });

  it("reads both answers in the account that people.csv names now, and the old one reads nothing more", async () => {
    await using attune = await flow({
      program: programWith(someone("r1", { accounts: { memory: "U1" } }), someone("a1")),
      roster: days("r1", "a1"),
    });
    await attune.until("2026-12-01T07:45");
    await attune.phone("U1").agrees();
    for (const label of [GOAL, en.buttons.skip, ...WANTS]) await attune.phone("U1").taps(label);
    const before = attune.phone("U1").chat();

    const corrected = programWith(someone("r1", { accounts: { memory: "U2" } }), someone("a1"));
    await attune.reopens(corrected, days("r1", "a1"));
    await attune.until("2026-12-01T08:00");
    await attune.phone("a1").agrees();
    for (const label of PLANS) await attune.phone("a1").taps(label);

    expect(attune.phone("U2").reads()).toContain(en.reveal.starters.help.more);
    expect(attune.phone("U1").chat()).toEqual(before);
  });

  it("is stopped where an id is used again for another person: neither is asked, nor knows the other's words", async () => {
    await using attune = await flow({
      program: programWith(
        someone("r1", { email: emailOf("ken"), accounts: { memory: "ken-1" } }),
        someone("a1"),
      ),
      roster: days("r1", "a1"),
    });
    await attune.until("2026-12-01T07:45");
    await attune.phone("ken-1").agrees();
    const before = attune.phone("ken-1").chat().length;

    const reused = someone("r1", { email: emailOf("mia"), accounts: { memory: "mia-1" } });
    await attune.reopens(programWith(reused, someone("a1")), days("r1", "a1"));
    await attune.until("2026-12-02T07:46");

    expect(attune.phone("mia-1").chat()).toEqual([]);
    expect(attune.phone("ken-1").chat()).toHaveLength(before);
    for (const account of ["ken-1", "mia-1"])
      expect(await help(attune, account)).toMatchObject({ reason: "unknown-person" });
  });

  it("goes on where an e-mail or an account is the same, whatever else of the row has changed", async () => {
    await using attune = await flow({
      program: programWith(
        someone("r1", { email: emailOf("ken"), accounts: { memory: "ken-1" } }),
        someone("a1"),
      ),
      roster: days("r1", "a1"),
    });
    await attune.until("2026-12-01T07:45");
    await attune.phone("ken-1").agrees();

    const moved = someone("r1", { name: "Ken Other", email: emailOf("ken"), accounts: { memory: "ken-2" } });
    await attune.reopens(programWith(moved, someone("a1")), days("r1", "a1"));
    const married = someone("r1", { email: "new@example.org", accounts: { memory: "ken-2" } });
    await attune.reopens(programWith(married, someone("a1")), days("r1", "a1"));
    await attune.until("2026-12-02T07:46");

    expect(attune.phone("ken-2").reads()).toContain(en.goal.question);
  });

  it("is looked up anew by e-mail when an account cannot be written to any more", async () => {
    const accounts = { ken: "ken-1" };
    const left = new Set<string>();
    await using attune = await flow({
      program: programWith(someone("r1", { accounts: {}, email: emailOf("ken") }), someone("a1")),
      roster: days("r1", "a1"),
      messenger: {
        directory: directoryOf(accounts),
        trouble: (to) => (left.has(to) ? "unreachable" : undefined),
      },
    });
    await attune.until("2026-12-01T07:45");
    await attune.phone("ken-1").agrees();

    left.add("ken-1");
    accounts.ken = "ken-2";
    await attune.until("2026-12-02T07:46");

    expect(attune.phone("ken-2").reads()).toContain(en.goal.question);
    expect(await help(attune, "ken-2")).toMatchObject({ kind: "card" });
  });

  // Where the platform cannot look a message up, what is not told as not sent counts as one that may have arrived.
  it.each(["the directory", "the new account"])(
    "is looked up anew once more where %s is out of reach just then",
    async (place) => {
      const accounts = { ken: "ken-1" };
      const [left, away] = [new Set<string>(), new Set<string>()];
      const { accountOf, emailsOf } = directoryOf(accounts);
      await using attune = await flow({
        program: programWith(someone("r1", { accounts: {}, email: emailOf("ken") }), someone("a1")),
        roster: days("r1", "a1"),
        messenger: {
          supports: { lookup: false },
          directory: {
            emailsOf,
            accountOf: async (email) => {
              if (away.has("the directory")) throw new AttuneError("unavailable", "It is away.");
              return accountOf(email);
            },
          },
          trouble: (to) =>
            left.has(to)
              ? "unreachable"
              : to === "ken-2" && away.has("the new account")
                ? "unavailable"
                : undefined,
        },
      });
      await attune.until("2026-12-01T07:45");
      await attune.phone("ken-1").agrees();
      left.add("ken-1");
      accounts.ken = "ken-2";

      away.add(place);
      await attune.until("2026-12-02T07:46");
      const meanwhile = attune.phone("ken-2").chat();
      away.clear();
      await attune.until("2026-12-02T08:30");

      expect(meanwhile).toEqual([]);
      expect(attune.phone("ken-2").reads()).toContain(en.goal.question);
    },
  );
});

/** What stands in a row of people.csv, and who it is about. */
interface Row {
  readonly human: string;
  readonly has: "email" | "account" | "both";
  readonly role: "resident" | "attending";
}

/** One edition of people.csv, and which account each human has by then. */
interface Edition {
  readonly rows: readonly [Row, Row];
  readonly moved: boolean;
}

const HUMANS = ["ken", "mia", "sho"] as const;

const row: fc.Arbitrary<Row> = fc.record({
  human: fc.constantFrom(...HUMANS),
  has: fc.constantFrom("email", "account", "both"),
  role: fc.constantFrom("resident", "resident", "resident", "attending"),
});

const edition: fc.Arbitrary<Edition> = fc.record({
  rows: fc.tuple(row, row).filter(([one, other]) => one.human !== other.human),
  moved: fc.boolean(),
});

const nameOf = (human: string): string => `Dr. ${human.toUpperCase()}`;
const wordsOf = (human: string): string => `words by ${human}`;

const personIn = ({ human, has, role }: Row, id: string, account: string): Person =>
  someone(id, {
    roles: [role],
    name: nameOf(human),
    accounts: has === "email" ? {} : { memory: account },
    ...(has === "account" ? {} : { email: emailOf(human) }),
  });

/** Agrees, sets a goal and says something in their own words, as far as an account is asked. */
async function answers(attune: Flow, account: string): Promise<boolean> {
  const human = account.split("-")[0]!;
  const phone = attune.phone(account);
  const offers = (label: string): boolean => {
    const newest = attune.cloud.chat(account as Address).at(-1);
    return newest !== undefined && tapsOf(newest.card).some(({ tap }) => tap.label === label);
  };
  if (offers(en.consent.agree)) await phone.agrees();
  if (!offers(GOAL)) return false;
  await phone.taps(GOAL);
  const newest = attune.cloud.chat(account as Address).at(-1)!;
  if (!newest.card.blocks.some(({ type }) => type === "input")) return false;
  await phone.writes(wordsOf(human));
  return true;
}

describe("random editions of people.csv", () => {
  it("never let anybody read, or be asked about, another person's words under another name", async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(edition, { minLength: 2, maxLength: 4 }), async (editions) => {
        const accounts: Record<string, string> = Object.fromEntries(
          HUMANS.map((human) => [human, `${human}-1`]),
        );
        const programOfEdition = ({ rows }: Edition) =>
          programWith(
            personIn(rows[0], "r1", accounts[rows[0].human]!),
            personIn(rows[1], "r2", accounts[rows[1].human]!),
            someone("a1"),
          );
        await using attune = await flow({
          program: programOfEdition(editions[0]!),
          roster: days("r1", "r2", "a1"),
          messenger: { directory: directoryOf(accounts) },
        });
        for (const [place, one] of editions.entries()) {
          if (one.moved) accounts[one.rows[0].human] = `${one.rows[0].human}-2`;
          await attune.reopens(programOfEdition(one), days("r1", "r2", "a1"));
          await attune.until(`2026-12-${DAYS[place]}T07:46`);
          await attune
            .phone("a1")
            .taps(en.consent.agree)
            .catch(() => undefined);
          for (const human of HUMANS)
            for (const account of [`${human}-1`, `${human}-2`]) if (await answers(attune, account)) kept++;
          await attune.until(`2026-12-${DAYS[place]}T17:30`);
        }

        // All that ever stood in a chat, before each edit too.
        const seen = attune.cloud.deliveries.map(({ to, card }) => ({ account: to, text: plain(card) }));
        const wrong = seen.flatMap(({ account, text }) =>
          HUMANS.filter(
            (human) =>
              !account.startsWith(human) &&
              text.includes(wordsOf(human)) &&
              !text.includes(human.toUpperCase()),
          ).map((human) => ({ account, human, text })),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(kept).toBeGreaterThan(RUNS / 2);
  }, 120_000);
});
