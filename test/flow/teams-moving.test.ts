import { describe, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { hospital, type Hospital } from "#test/support/teams/hospital.ts";
import { chatOf } from "#test/support/teams/office.ts";

const GOAL = "Tests and imaging";
const NEW = "a:chat-after-installing-anew";
const { help, call, feedback } = en.strategy;
const STARTER = en.reveal.starters.help.more;

/** Some minutes pass, with a beat in each. */
async function passes(db: Hospital, from: number, to: number): Promise<void> {
  for (let minute = from; minute <= to; minute += 1) await db.until(`2026-12-01T09:${minute}`);
}

/** The resident has answered, and the attending is asked. */
async function halfAnswered(): Promise<Hospital> {
  const db = await hospital();
  for (const name of ["r1", "a1"]) {
    await db.phone(name).installs();
    await db.phone(name).taps(en.consent.agree);
  }
  // Later than the short message that both have answered.
  await db.until("2026-12-01T08:31");
  for (const label of [GOAL, en.buttons.skip, help.answers[3], call.answers[2], feedback.answers.after])
    await db.phone("r1").taps(label);
  return db;
}

async function plans(db: Hospital): Promise<void> {
  for (const label of [help.answers[1], call.answers[2], feedback.answers.after])
    await db.phone("a1").taps(label);
}

/** What was asked of the service about a chat since then. */
const askedOf = ({ teams }: Hospital, chat: string, since: number) =>
  teams.service.asked.slice(since).filter(({ path }) => path.includes(encodeURIComponent(chat)));

describe("whoever installs Attune anew", () => {
  it("reads both answers in the new chat, and nothing is shown in the old one, which would take it", async () => {
    await using db = await halfAnswered();
    await db.phone("r1").removes();
    await db.phone("r1", NEW).installs();
    const since = db.teams.service.asked.length;
    const before = db.phone("r1").chat().join("\n");

    await plans(db);
    await db.phone("a1").taps(en.settle.apart);

    expect(db.phone("r1", NEW).reads()).toContain(STARTER);
    expect(db.phone("r1", NEW).reads()).toContain(en.settle.label(en.strategy.help.label));
    expect(db.phone("r1").chat().join("\n")).toBe(before);
    expect(askedOf(db, chatOf("r1"), since)).toEqual([]);
  });

  it("answers there", async () => {
    await using db = await halfAnswered();
    await db.phone("r1", NEW).installs();
    await plans(db);

    await db.phone("r1", NEW).taps(en.settle.apart);

    expect(db.phone("a1").reads()).toContain(en.settle.label(en.strategy.help.label));
  });
});

it("after the removal nothing is edited, also after a restart, where the service would take it", async () => {
  await using db = await halfAnswered();
  await db.phone("r1").removes();
  await db.teams.restart();
  const since = db.teams.service.asked.length;

  await plans(db);

  expect(askedOf(db, chatOf("r1"), since)).toEqual([]);
});

describe("a message that is gone from Teams", () => {
  it("MicrosoftDocs/msteams-docs#6139: is posted anew once where the service knows it no more", async () => {
    await using db = await halfAnswered();
    for (const { id } of db.teams.service.chat(chatOf("r1"))) db.teams.service.remove(id);

    await plans(db);
    await db.phone("a1").taps(en.settle.apart);

    expect(db.phone("r1").chat()).toEqual([expect.stringContaining(en.settle.label(en.strategy.help.label))]);
  });

  it.each([
    ["an old chat", 403, { error: { code: "BotNotInConversationRoster" } }],
    ["a chat that is gone", 404, { error: { code: "ConversationNotFound" } }],
    [
      "MicrosoftDocs/msteams-docs#399: a service that knows it no more",
      400,
      { error: { code: "BadArgument", message: "not a known activity id" } },
    ],
  ])("is posted anew once where its edit is refused: %s", async (_, status, body) => {
    await using db = await halfAnswered();
    const { length } = db.phone("r1").chat();
    db.teams.service.refusesEdits(chatOf("r1"), status, body);

    await plans(db);
    await db.phone("a1").taps(en.settle.apart);

    expect(db.phone("r1").chat()).toHaveLength(length + 1);
    expect(db.phone("r1").reads()).toContain(STARTER);
  });

  it("is not repeated where nobody knows whether it arrived", async () => {
    await using db = await halfAnswered();
    for (const { id } of db.teams.service.chat(chatOf("r1"))) db.teams.service.remove(id);
    db.teams.service.breakNextPost(chatOf("r1"));

    await plans(db);
    await passes(db, 10, 20);
    await db.phone("a1").taps(en.settle.apart);
    await passes(db, 21, 30);

    expect(db.phone("r1").chat()).toHaveLength(1);
  });
});
