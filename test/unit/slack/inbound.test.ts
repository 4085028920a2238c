import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asTyped, readPayload } from "#adapters/slack/inbound.ts";

// Shapes as Slack's documentation and logs have them, with all the fields that we do not read.
const fixture = (topic: string): unknown =>
  JSON.parse(readFileSync(`test/fixtures/${topic}/slack.json`, "utf8"));
const sender = { platform: "slack", account: "UR1", address: "UR1/DR1" };
const respond = "https://hooks.slack.com/actions/T0ATTUNE1/1/abc";
const message = "DR1/1795470200.000200";
const place = { type: "message", channel: "DR1", ts: "1795470200.000200", respond };

describe("a payload of Slack's, in our words", () => {
  it.each([
    [
      "typed",
      {
        inbound: {
          type: "said",
          event: "slack:said:DR1:1795470300.123459",
          sender,
          text: "ask early & listen <before> acting",
        },
        place: { type: "chat", channel: "DR1" },
      },
    ],
    [
      "opened",
      { inbound: { type: "opened", event: "slack:event:Ev08OPEN001", sender }, place: { type: "home" } },
    ],
    [
      "tap",
      {
        inbound: {
          type: "pressed",
          event: "slack:tap:UR1:DR1/1795470200.000200:1795470310.456789",
          sender,
          act: "answer/7/help//3",
          message,
        },
        place,
      },
    ],
    ["menu", { inbound: { type: "pressed", act: "answer/7/goal//procedures", message }, place }],
    [
      "submitted",
      {
        inbound: {
          type: "submitted",
          event: "slack:form:UR1:V08FORM",
          sender,
          act: "write/7/line/",
          values: { line: "one clean airway <safely> & slowly" },
          message,
        },
        place,
      },
    ],
    [
      "command",
      {
        inbound: {
          type: "pressed",
          event: "slack:command:UR1:9.10.abc",
          act: "say/pause%20until%202027-01-04",
        },
        place: { type: "command", channel: "C0EMERG01" },
      },
    ],
    [
      "shortcut",
      {
        inbound: { type: "pressed", event: "slack:shortcut:UR1:1795470330.111111", act: "say/goal" },
        place: { type: "elsewhere", trigger: "9.11.abc" },
      },
    ],
  ])("%s", (topic, read) => {
    expect(readPayload(fixture(topic))).toMatchObject({ type: "act", ...read });
  });

  it("a member who left", () => {
    expect(readPayload(fixture("member-left"))).toMatchObject({
      type: "member",
      member: { id: "UR1", deleted: true },
    });
  });

  it("is nothing when it is none of ours, whatever it is", () => {
    const property = fc.property(fc.anything(), (body) => {
      expect(readPayload(body)).toBeUndefined();
    });

    fc.assert(property, { numRuns: 500 });
  });

  it("is nothing, or still whole, when any of its fields has another type", () => {
    const topics = ["typed", "opened", "tap", "menu", "submitted", "command", "shortcut", "member-left"];
    const property = fc.property(fc.constantFrom(...topics), fc.nat(), fc.anything(), (topic, at, other) => {
      const body = fixture(topic) as Record<string, unknown>;
      const keys = Object.keys(body);

      const read = readPayload({ ...body, [keys[at % keys.length]!]: other });

      expect(read?.type ?? "nothing").toMatch(/^(?:act|member|form|nothing)$/u);
    });

    fc.assert(property, { numRuns: 1_000 });
  });
});

describe("a message as it was typed", () => {
  it.each([
    ["<mailto:ken@example.org|ken@example.org>", "ken@example.org"],
    ["<tel:+81312345678|03-1234-5678>", "03-1234-5678"],
    ["<https://example.org|example.org> and <https://a.example>", "example.org and https://a.example"],
    ["1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"],
    ["&amp;lt;", "&lt;"],
    ["<@U012> <!here> <#C01|er>", "@someone @here #er"],
    ["<@U012|hana> <!subteam^S01|@er-team>", "@hana @er-team"],
    ["&lt;@U012&gt; as it was typed", "<@U012> as it was typed"],
    ["ask early :pray::skin-tone-3: :+1:", "ask early 🙏🏼 👍"],
    ["at 10:30:45, :attune-custom:", "at 10:30:45, :attune-custom:"],
  ])("%s", (text, typed) => {
    expect(asTyped(text)).toBe(typed);
  });
});
