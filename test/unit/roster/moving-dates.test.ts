import { describe, expect, it } from "vitest";
import { AttuneError } from "#src/errors.ts";
import { datedAddress } from "#src/roster/watch/moving-dates.ts";
import { feedRequest } from "#src/roster/watch/feed-request.ts";
import { local, programOf } from "#test/support/programs.ts";

describe("a date in an address", () => {
  it.each([
    ["?Month={MM}&Day={dd}&Year={yyyy}", "2026-01-31", "?Month=01&Day=31&Year=2026"],
    ["?Month={M}&Day={d}&Year={yy}", "2026-03-05", "?Month=3&Day=5&Year=26"],
    ["/{yyyy-MM-dd}/{yyyy-MM-dd+30d}", "2026-12-15", "/2026-12-15/2027-01-14"],
    ["?from={dd/MM/yyyy-7d}", "2026-03-05", "?from=26/02/2026"],
    ["{yyyyMMdd}", "2028-02-29", "20280229"],
    // 30 days after 31 January is March: no month is left out where months are counted.
    ["{yyyy+1m}-{MM+1m}", "2026-01-31", "2026-02"],
    ["{yyyy+1m}-{MM+1m}", "2026-12-31", "2027-01"],
    ["{yyyy-MM-1m}", "2026-03-31", "2026-02"],
    ["no date at all", "2026-03-31", "no date at all"],
    // What SharePoint puts in braces is no date.
    [
      "?List={8F3A2C10-1B5D-4E7F-9A60-0123456789AB}",
      "2026-03-31",
      "?List={8F3A2C10-1B5D-4E7F-9A60-0123456789AB}",
    ],
    ["?q={day}&r={}", "2026-03-31", "?q={day}&r={}"],
  ])("%s on %s is %s", (address, today, expected) => {
    expect(datedAddress(address, today)).toBe(expected);
  });

  it.each(["{YYYY-MM-DD}", "{yyyy-mm-dd}", "{yyyy-MM-dd+30}", "{yyyy-MM-dd+2w}", "{ddd}", "{MM + 1m}"])(
    "%s is nearly one, and is not sent as it stands",
    (place) => {
      const address = `https://example.org/secret-token?from=${place}`;

      expect(() => datedAddress(address, "2026-03-31")).toThrow(AttuneError);
      expect(() => datedAddress(address, "2026-03-31")).toThrow(/^(?!.*secret-token).*\{yyyy-MM-dd\+30d\}/u);
    },
  );

  it("is the program's day, not that of UTC", () => {
    const program = programOf();
    const source = { format: "csv", feed: { addresses: [{ variable: "ED" }] } } as const;
    const at = local("2027-01-01T00:30");

    expect(feedRequest(source, program, () => ["https://example.org/{yyyy-MM-dd}"], at)).toEqual({
      kind: "pages",
      addresses: ["https://example.org/2027-01-01"],
    });
  });
});

describe("what is asked of QGenda", () => {
  const source = { format: "qgenda", feed: { addresses: [{ variable: "Q" }] } } as const;
  const asked = (from: string, to: string, now: string) =>
    feedRequest(source, programOf({ from, to }), () => ["email=a", "password=b"], local(now));

  it("is a week before today until a week after the last rotation", () => {
    expect(asked("2026-01-01", "2026-12-31", "2026-11-30T09:00")).toEqual({
      kind: "qgenda",
      account: "email=a\npassword=b",
      from: "2026-11-23",
      to: "2027-01-07",
    });
  });

  it("is nothing before the first rotation, and a year and a month at most", () => {
    expect(asked("2026-12-01", "2036-11-30", "2026-10-01T09:00")).toMatchObject({
      from: "2026-11-24",
      to: "2027-12-29",
    });
  });

  it("is one day when all rotations are over", () => {
    expect(asked("2025-01-01", "2025-12-31", "2026-10-01T09:00")).toMatchObject({
      from: "2026-09-24",
      to: "2026-09-24",
    });
  });
});
