import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { PEOPLE, rosterPart } from "#src/domain/files.ts";
import { instant } from "#src/domain/time.ts";
import { commandLine } from "#test/support/command-line.ts";
import { FILES, folder, YAML } from "../unit/config/folder.ts";

const at = instant(Date.parse("2026-03-29T00:00:00Z"));
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("attune export --format files", { timeout: 60_000 }, () => {
  it("writes what is in force, and a fresh Attune plans the very same from it", async () => {
    using files = folder(FILES);
    const attune = commandLine(files);
    const people = `${readFileSync(files.path("people.csv"), "utf8").trimEnd()}\n`;
    const roster = readFileSync(files.path("roster.csv"), "utf8").trimEnd();
    {
      await using db = attune.open();
      const store = db.store("test-hospital");
      await store.keepFile(
        {
          part: PEOPLE,
          at,
          why: "upload",
          about: { name: "p.csv", fingerprint: "p" },
          bytes: bytesOf(people),
        },
        0,
      );
      await store.keepFile(
        {
          part: rosterPart("roster.csv"),
          at,
          why: "upload",
          about: { name: "r.csv", fingerprint: "r" },
          bytes: bytesOf(`${roster}\n`),
        },
        0,
      );
    }
    const imported = attune.run("import");
    const planned = attune.run("plan", "--json");

    mkdirSync(files.path("moved"));
    const exported = attune.run("export", "--program", "--format", "files", "--out", files.path("moved"));
    const again = attune.run("plan", "--json", "--program", join(files.path("moved"), "program.yaml"));

    expect(imported.status).toBe(0);
    expect(exported).toMatchObject({ status: 0 });
    expect(again.status).toBe(0);
    expect(planned.stdout).not.toBe("");
    expect(again.stdout).toBe(planned.stdout);
    expect(readFileSync(join(files.path("moved"), "people.csv"), "utf8")).toBe(people);
    expect(attune.run("doctor").stdout).toContain("r.csv counts in place of roster.csv");
  });

  it("writes no half of them beside a file that is there", async () => {
    using files = folder({ ...FILES, "moved/roster.csv": "mine" });
    const attune = commandLine(files);
    await attune.open().close();

    const ran = attune.run("export", "--program", "--format", "files", "--out", files.path("moved"));

    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(ran.stderr).toContain("moved/roster.csv is there already: take it away first");
    expect(readdirSync(files.path("moved"))).toEqual(["roster.csv"]);
    expect(readFileSync(files.path("moved/roster.csv"), "utf8")).toBe("mine");
  });

  it("keeps how rosters are read: columns, names settled here and in the chat, codes; and what only the database has", async () => {
    using files = folder({
      ...FILES,
      "program.yaml": YAML.replace(
        /roster:[^]*/u,
        [
          "roster:",
          "  - file: duty/night.csv",
          "    format: csv",
          "    columns: { person: 氏名, start: 開始, end: 終了 }",
          "    aliases: { Surge T: r1 }",
          "  - file: days.csv",
          "    format: matrix",
          '    codes: { 日: "08:30-17:15" }',
          "",
        ].join("\n"),
      ),
      "duty/night.csv":
        "氏名,開始,終了\nSurge T,2026-03-05T20:00,2026-03-06T06:00\na1,2026-03-05T20:00,2026-03-06T06:00\n",
      "days.csv": "name,2026-03-09,2026-03-10\n佐藤 健,日,\nDaniel Okafor,日,日\n",
    });
    const attune = commandLine(files);
    const before = attune.run("import");
    const night =
      "氏名,開始,終了\nSurge T,2026-03-12T20:00,2026-03-13T06:00\nDr O,2026-03-12T20:00,2026-03-13T06:00\n";
    {
      await using db = attune.open();
      await db.store("test-hospital").keepFile(
        {
          part: rosterPart("duty/night.csv"),
          at,
          why: "upload",
          about: { name: "march.csv", fingerprint: "m", reading: { aliases: { "Dr O": "a1" } } },
          bytes: bytesOf(night),
        },
        0,
      );
    }
    const imported = attune.run("import");
    // All that is kept by now, in words that need no settings.
    const nights = ["05T20:00,2026-03-06T06:00", "12T20:00,2026-03-13T06:00"];
    const days = ["r1,2026-03-09", "a1,2026-03-09", "a1,2026-03-10"];
    files.write("plain/program.yaml", YAML);
    files.write("plain/people.csv", FILES["people.csv"]);
    files.write(
      "plain/roster.csv",
      [
        "person,start,end,label",
        ...nights.flatMap((span) => ["r1", "a1"].map((id) => `${id},2026-03-${span},`)),
        ...days.map((day) => `${day}T08:30,17:15,日`),
      ].join("\n"),
    );
    const planned = attune.run("plan", "--json", "--program", files.path("plain/program.yaml"));

    const exported = attune.run("export", "--program", "--format", "files", "--out", files.path("moved"));
    const again = attune.run("plan", "--json", "--program", files.path("moved/program.yaml"));

    const yaml = parse(readFileSync(files.path("moved/program.yaml"), "utf8")) as { roster: object[] };
    expect([before.status, imported.status, exported.status]).toEqual([0, 0, 0]);
    expect(yaml.roster.slice(0, 2)).toEqual([
      {
        file: "march.csv",
        format: "csv",
        columns: { person: "氏名", start: "開始", end: "終了" },
        aliases: { "Surge T": "r1", "Dr O": "a1" },
      },
      { file: "days.csv", format: "matrix", codes: { 日: "08:30-17:15" } },
    ]);
    expect(readFileSync(files.path("moved/march.csv"), "utf8")).toBe(night);
    expect(planned.stdout).toContain("r1@2026-03-12");
    expect(again.stdout).toBe(planned.stdout);
  });

  it("keeps the entry of a feed aside, and a fresh Attune that takes it up reads the same feed", () => {
    const entry = "{ name: rota, format: icalendar, url: env:DUTY_FEED }";
    using files = folder({
      ...FILES,
      "program.yaml": YAML.replace(
        /roster:[^]*/u,
        `roster:\n  - { file: roster.csv, format: csv }\n  - ${entry}\n`,
      ),
    });
    const attune = commandLine(files);
    const feed = { DUTY_FEED: "https://rota.example/feed.ics" };
    attune.run("import");

    const exported = attune.runWith(
      feed,
      "export",
      "--program",
      "--format",
      "files",
      "--out",
      files.path("moved"),
    );
    const text = readFileSync(files.path("moved/program.yaml"), "utf8");
    const taken = files.path("moved/taken-up.yaml");
    writeFileSync(taken, text.replace("# - {", "- {"));

    expect(exported.stderr).toContain("rota is a feed: its shifts are written, and its entry is a comment");
    expect((parse(text) as { roster: object[] }).roster).toEqual([{ file: "roster.csv", format: "csv" }]);
    expect(text).toContain("url: env:DUTY_FEED");
    expect((parse(readFileSync(taken, "utf8")) as { roster: object[] }).roster).toEqual([
      { name: "rota", format: "icalendar", url: "env:DUTY_FEED" },
      { file: "roster.csv", format: "csv" },
    ]);
  });

  it("writes nothing over what is there, and needs a folder", () => {
    using files = folder(FILES);
    const attune = commandLine(files);
    attune.run("import");

    const none = attune.run("export", "--program", "--format", "files");
    const over = attune.run("export", "--program", "--format", "files", "--out", files.path("."));

    expect(none.status).toBe(1);
    expect(none.stderr).toContain("--out FOLDER");
    expect(over.status).toBe(1);
    expect(over.stderr).toContain("program.yaml is there already");
  });
});
