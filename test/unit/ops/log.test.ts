import { describe, expect, it } from "vitest";
import { AttuneError } from "#src/errors.ts";
import { POISONOUS, POISONS } from "#test/support/poisons.ts";
import { pinoLog } from "#src/ops/log.ts";

/** The one line that was logged, as an object. */
function logged(write: (log: ReturnType<typeof pinoLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(pinoLog("debug", { write: (line) => void lines.push(line) }));
  return JSON.parse(lines.join(""));
}

describe("the log", () => {
  it("does nothing to a terminal that shows it, whatever a file or a person wrote", () => {
    const lines: string[] = [];
    const log = pinoLog("debug", { write: (line) => void lines.push(line) });

    for (const bad of Object.values(POISONS))
      log.warn({ problem: `a${bad}b`, error: new AttuneError("config", `c${bad}d`) }, "not good");

    expect(lines).toHaveLength(Object.keys(POISONS).length);
    expect(lines.filter((line) => POISONOUS.test(line))).toEqual([]);
  });

  it("writes one JSON line with level, time, fields and message", () => {
    const line = logged((log) => log.info({ nudge: 7, kind: "shift-goal" }, "sent"));

    expect(line).toMatchObject({ level: "info", nudge: 7, kind: "shift-goal", msg: "sent" });
    expect(line["time"]).toMatch(/^\d{4}-\d\d-\d\dT/u);
  });

  // domain: The log has no reply text
  it("takes out words, names, addresses and tokens, however deep", () => {
    const secret = "sesame";

    const line = logged((log) =>
      log.warn(
        {
          text: secret,
          person: { id: "r1", name: secret, email: secret },
          list: [{ slackToken: secret, botToken: secret, authorization: secret, values: { a: secret } }],
          cookie: secret,
          url: secret,
        },
        "not good",
      ),
    );

    expect(JSON.stringify(line)).not.toContain(secret);
    expect(line).toMatchObject({ person: { id: "r1", name: "[removed]" } });
  });

  // domain: A feed address is a secret
  it("takes out what a problem quotes, and feed addresses", () => {
    const line = logged((log) =>
      log.warn({ problem: `roster.csv:3: nobody called "Tanaka" at https://feed.example/abc` }, "left out"),
    );

    expect(line["problem"]).toBe(`roster.csv:3: nobody called "…" at [removed]`);
  });

  it("keeps our own errors' sentences and the database's, and of others only where they happened", () => {
    let failure: unknown;
    try {
      JSON.parse("my patient's secret");
    } catch (error) {
      failure = error;
    }

    const ours = logged((log) => log.error({ error: new AttuneError("store", "The disk is full.") }, "x"));
    const theirs = logged((log) =>
      log.error({ error: new AttuneError("store", "No.", { cause: failure }) }, "x"),
    );

    expect(ours["error"]).toMatchObject({ type: "AttuneError", code: "store", message: "The disk is full." });
    expect(theirs["error"]).toMatchObject({
      cause: { type: "SyntaxError", at: expect.arrayContaining([expect.stringContaining("log.test.ts")]) },
    });
    expect(JSON.stringify(theirs)).not.toContain("patient");
  });

  it("writes nothing below its level, and nothing at all when silent", () => {
    const lines: string[] = [];
    const to = { write: (line: string) => void lines.push(line) };

    pinoLog("warn", to).info({}, "x");
    pinoLog("silent", to).error({}, "x");

    expect(lines).toEqual([]);
  });
});
