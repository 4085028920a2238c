import { describe, expect, it } from "vitest";
import { initials, seatPeople } from "#adapters/web/cast.ts";
import { fill, localeFrom } from "#adapters/web/texts-in.ts";
import { personId } from "#src/domain/person.ts";
import { HOUR, instant, later } from "#src/domain/time.ts";
import type { CastMember, Strip } from "#src/ports/stage.ts";
import { openPlayground } from "#test/support/web/playground.ts";

const NOW = instant(Date.UTC(2026, 10, 29, 22, 35));

const member = (id: string, name: string, ...roles: CastMember["roles"]): CastMember => ({
  id: personId(id),
  name: { en: name, ja: name },
  called: { en: name, ja: name },
  roles,
  locale: /^[a-z]/iu.test(name) ? "en" : "ja",
});

const CAST = [
  member("r1", "佐藤 健", "resident"),
  member("r2", "Emily Carter", "resident"),
  member("r3", "高橋 翔太", "resident"),
  member("a1", "田中 真理", "attending"),
  member("a4", "Daniel Okafor", "attending"),
  member("c1", "木村 直子", "coordinator"),
];

const together = (resident: string, attending: string, hour: number): Strip["overlaps"][number] => ({
  resident: personId(resident),
  attending: personId(attending),
  start: later(NOW, hour * HOUR),
  end: later(NOW, (hour + 8) * HOUR),
});

const stripOf = (...overlaps: Strip["overlaps"]): Strip => ({
  from: later(NOW, -8 * HOUR),
  to: later(NOW, 26 * HOUR),
  now: NOW,
  duties: [],
  overlaps,
  nudges: [],
});

const ids = (people: readonly CastMember[]) => people.map(({ id }) => id);

describe("who sits at the phones at first", () => {
  const morning = stripOf(
    together("r1", "a1", 1),
    together("r1", "a4", 1),
    together("r2", "a1", 1),
    together("r2", "a4", 1),
    together("r3", "a1", 12),
  );

  it("is the next pair on duty together who read as the visitor does", () => {
    expect(ids(seatPeople(CAST, morning, [], "en"))).toEqual(["r2", "a4", "c1"]);
    expect(ids(seatPeople(CAST, morning, [], "ja"))).toEqual(["r1", "a1", "c1"]);
  });

  it("is the pair of now rather than a later one, and not one whose time is over", () => {
    const strip = stripOf(together("r1", "a1", -9), together("r3", "a1", 3), together("r2", "a4", 12));

    expect(ids(seatPeople(CAST, strip, [], "en"))).toEqual(["r3", "a1", "c1"]);
  });

  it("is whom the address names, each once, and others for names that nobody has", () => {
    expect(ids(seatPeople(CAST, morning, ["r3", "nobody", "a1"], "ja"))).toEqual(["r3", "a4", "a1"]);
  });

  it("is anybody there is, without a roster", () => {
    expect(ids(seatPeople(CAST, stripOf(), [], "ja"))).toEqual(["r1", "a1", "c1"]);
  });
});

describe("somebody's avatar", () => {
  it.each([
    ["Emily Carter", "EC"],
    ["Dr. Daniel Okafor", "DO"],
    ["Cher", "C"],
    ["佐藤 健", "佐"],
    ["", ""],
  ])("of %s is %s", (name, sign) => {
    expect(initials(name)).toBe(sign);
  });
});

describe("the page's language", () => {
  it.each([
    ["ja", "en", "ja"],
    ["xx", "ja-JP,ja;q=0.9,en;q=0.8", "ja"],
    [undefined, "en-US,en;q=0.9,ja;q=0.8", "en"],
    [undefined, "de-DE,ja;q=0.3", "ja"],
    [undefined, undefined, "en"],
  ])("for ?lang=%s and a browser that asks for %s is %s", (query, accepted, locale) => {
    expect(localeFrom(query, accepted)).toBe(locale);
  });

  it("fills gaps, and leaves one that it has nothing for", () => {
    expect(fill("{name} has {count} of {more}", { name: "<b>", count: 2 })).toBe("<b> has 2 of {more}");
  });
});

it("shows names and texts from files as text", async () => {
  const name = `<img src=x onerror="alert(1)">"'&`;
  await using web = await openPlayground({
    programName: { en: name, ja: name },
    cast: async () => [{ ...CAST[0]!, name: { en: name, ja: name } }],
  });

  const page = await (await web.fetch("/")).text();

  expect(page).not.toContain("<img");
  expect(page).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&quot;&#39;&amp;");
});
