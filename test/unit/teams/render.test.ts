import { describe, expect, it } from "vitest";
import { renderCard } from "#adapters/teams/render.ts";
import type { Act, Action, Block, Card } from "#src/card/card.ts";
import { problemsOf } from "#test/support/teams/valid.ts";
import { actionsIn, wordsIn } from "#test/support/teams/words.ts";

const cardOf = (...blocks: readonly Block[]): Card => ({ locale: "en", notification: "A question", blocks });
const action = (label: string): Action => ({ label, act: `say/${label}` as Act });
const drawn = (...blocks: readonly Block[]) => renderCard(cardOf(...blocks)).payload;
const setsIn = (value: unknown): readonly number[] =>
  Array.isArray(value)
    ? value.flatMap(setsIn)
    : typeof value !== "object" || value === null
      ? []
      : "type" in value && value.type === "ActionSet" && "actions" in value
        ? [(value.actions as unknown[]).length]
        : Object.values(value).flatMap(setsIn);

describe("a card of Teams", () => {
  it("is of version 1.5, has words for whoever cannot show it, and neither refreshes itself nor opens a dialog", () => {
    const payload = drawn({ type: "text", text: "private" });

    expect(payload).toMatchObject({ version: "1.5", lang: "en", fallbackText: "A question" });
    expect(JSON.stringify(payload)).not.toMatch(/"refresh"|task\/fetch|"Action\.ShowCard"/u);
  });

  it("shows text as it was written: no element of it knows markdown", () => {
    const odd = "*a* [b](https://evil.example) # c\n{{DATE(2026-01-01T00:00:00Z)}} <at>d</at>";

    const payload = drawn({ type: "text", text: odd });

    expect(wordsIn(payload.body)).toEqual(odd.split("\n"));
    expect(JSON.stringify(payload)).not.toContain("{{");
    expect(problemsOf(payload)).toEqual([]);
  });

  it("splits buttons by six, and earlier where a phone would cut them", () => {
    expect(setsIn(drawn({ type: "actions", actions: [..."abcdefgh"].map(action) }))).toEqual([6, 2]);
    expect(
      setsIn(drawn({ type: "actions", actions: ["Tell me more", "Another one", "And a third"].map(action) })),
    ).toEqual([2, 1]);
  });

  it("makes a row of what a button would cut, in Japanese sooner", () => {
    const long = ["研修医が進め、必要なときに指導医が入る", "I lead, and the attending steps in when needed"];

    const payload = drawn({
      type: "question",
      text: "Which?",
      choices: [...long, "No"].map((label) => ({
        label,
        act: `say/${label}` as Act,
        chosen: label === "No",
      })),
    });

    expect(setsIn(payload)).toEqual([]);
    expect(actionsIn(payload).map(({ title }) => title)).toEqual([...long, "✓ No"]);
  });

  it("says what is wrong beside the input, and keeps what was typed", () => {
    const payload = drawn({
      type: "input",
      text: "One line",
      name: "line",
      value: "MRN 1234567",
      maximum: 140,
      problem: "This looks like a record number.",
      submit: action("Send"),
      skip: action("Skip"),
    });

    expect(wordsIn(payload.body)).toEqual([
      "One line",
      "MRN 1234567",
      "This looks like a record number.",
      "Send",
      "Skip",
    ]);
    expect(actionsIn(payload).map(({ data }) => data)).toEqual([
      { act: "say/Send", input: "i0:line" },
      { act: "say/Skip" },
    ]);
  });

  it("keeps a row's button in its row", () => {
    const rows = ["Help", "Calls"].map((label) => ({ label, value: "x", change: action("Change") }));

    const { body } = drawn({ type: "answers", rows });

    expect(body.map((row) => wordsIn(row))).toEqual([
      ["Help", "x", "Change"],
      ["Calls", "x", "Change"],
    ]);
  });

  it("has the same button for clients that do not know Action.Execute", () => {
    const { body } = drawn({ type: "actions", actions: [action("Home")] });

    expect(body[0]).toMatchObject({
      actions: [
        {
          type: "Action.Execute",
          fallback: { type: "Action.Submit", title: "Home", data: { act: "say/Home" } },
        },
      ],
    });
  });

  it("cuts the longest texts of what is too large, then leaves out the last blocks, and says so", () => {
    const long: Block = { type: "text", text: "あ".repeat(60_000) };
    const many = Array.from({ length: 2_000 }, (): Block => ({ type: "text", text: "い".repeat(200) }));

    const cut = renderCard(cardOf(long, { type: "text", text: "short" }));
    const shortest = renderCard(cardOf(...many));

    expect(cut.losses).toEqual([{ block: 0, what: "text cut from 60000 to 4000 characters" }]);
    expect(problemsOf(cut.payload)).toEqual([]);
    expect(shortest.losses.at(-1)).toEqual({ block: 1_999, what: "left out: the message is too large" });
    expect(problemsOf(shortest.payload)).toEqual([]);
  });
});
