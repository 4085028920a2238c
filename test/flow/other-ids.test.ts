import { describe, expect, it } from "vitest";
import { dutyRow, LAKESIDE, rosterCsv } from "#test/support/lakeside.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";

const HEADER = "id,name,role,email,memory";
const KIM = "c1,Kim Lee,coordinator,kim@example.org,C1";
const DAN = "a1,Daniel Okafor,attending,dan@example.org,U3";
const MAYA = "Maya Patel,resident,maya@example.org,U1";
const LEA = "Lea Novak,resident,lea@example.org,U2";
const list = (...rows: readonly string[]) => `${[HEADER, KIM, ...rows, DAN].join("\n")}\n`;
const FILES = {
  "program.yaml": LAKESIDE,
  "people.csv": list(`r1,${MAYA}`, `r2,${LEA}`),
  "roster.csv": rosterCsv(dutyRow(2), dutyRow(2, "a1"), dutyRow(3, "r2"), dutyRow(3, "a1")),
};

async function start(files: ReturnType<typeof folder>) {
  const attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00");
  await attune.beat();
  return attune;
}

describe("a list in which an id is another person's", () => {
  const EXCHANGED = list(`r1,${LEA}`, `r2,${MAYA}`);

  it("is in doubt, and asked about once more", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const card = await attune.gives("C1", "people.csv", EXCHANGED);
    const confirm = attune.confirmOf("C1", "Apply");
    await attune.taps("C1", "All changes as a file");

    expect(card).toContain("so nothing would be sent or shown to them: Lea Novak (r1, until now Maya Patel)");
    expect(card).toContain("An id is one person’s for good");
    expect(card).not.toContain("Other name");
    expect(confirm).toContain("Ids would be other people’s than before.");
    expect(attune.got("C1")).toContain("Maya Patel (r2, until now Lea Novak)");
  });

  it("leaves coordinators in no doubt who is kept out and why, in both languages, until each has their own again", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    await attune.gives("C1", "people.csv", EXCHANGED);
    await attune.taps("C1", "Apply");
    for (let beats = 0; beats < 2; beats += 1) await attune.beat();
    const told = [
      await attune.says("C1", "why Novak"),
      await attune.says("C1", "people Novak"),
      await attune.says("C1", "people"),
      await attune.says("C1", "home"),
    ];
    await attune.says("C1", "language ja");
    const japanese = [await attune.says("C1", "なぜ r1"), await attune.says("C1", "名簿")];
    await attune.gives("C1", "people.csv", FILES["people.csv"]);
    await attune.taps("C1", "反映する");
    for (let beats = 0; beats < 2; beats += 1) await attune.beat();

    expect(told[0]).toContain("The id r1 may have been somebody else’s");
    expect(told[1]).toContain("The id r1 may have been somebody else’s");
    expect(told[2]).toMatch(/Kept out.*: Lea Novak \(r1\) and Maya Patel \(r2\)/u);
    expect(told[3]).toMatch(/Kept out.*: Dr. Novak and Dr. Patel/u);
    expect(japanese[0]).toContain("職員番号r1は、別の人のものだった可能性があります");
    expect(japanese[1]).toContain("止めている人：Lea Novak（r1）");
    expect(await attune.says("U2", "home")).toContain("Home");
    expect(await attune.says("C1", "名簿")).not.toContain("止めている人");
  });

  it("of somebody who has left is in doubt, too", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.gives("C1", "people.csv", list(`r1,${MAYA}`));
    await attune.taps("C1", "Apply");
    await attune.beat();

    const card = await attune.gives(
      "C1",
      "people.csv",
      list(`r1,${MAYA}`, "r2,Jo Weber,resident,jo@example.org,U9"),
    );

    expect(card).toContain("so nothing would be sent or shown to them: Jo Weber (r2)");
    expect(attune.confirmOf("C1", "Apply")).toContain("Ids would be other people’s");
  });

  it("is in doubt also before anybody has said whether they take part", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    const { "people.csv": people } = FILES;
    await attune.gives("C1", "people.csv", `${people}r3,Jo Weber,resident,jo@example.org,\n`);
    await attune.taps("C1", "Apply");
    await attune.beat();

    const card = await attune.gives("C1", "people.csv", `${people}r3,Ana Ruiz,resident,ana@example.org,\n`);

    expect(card).toContain("Id that may have been somebody else’s: Ana Ruiz (r3, until now Jo Weber)\n");
    expect(attune.confirmOf("C1", "Apply")).toContain("Ids would be other people’s");
  });

  it("is in doubt where an e-mail that stood alone is another, and in none once the account stands beside it", async () => {
    const row = (email: string, account = "") =>
      list(`r1,${MAYA}`, `r2,Lea Novak,resident,${email},${account}`);
    using files = folder({ ...FILES, "people.csv": row("lea@example.org") });
    await using attune = await start(files);

    const alone = await attune.gives("C1", "people.csv", row("novak@example.org"));
    await attune.gives("C1", "people.csv", row("lea@example.org", "U2"));
    await attune.taps("C1", "Apply");
    for (let beats = 0; beats < 2; beats += 1) await attune.beat();
    const beside = await attune.gives("C1", "people.csv", row("novak@example.org", "U2"));

    expect(alone).toContain("so nothing would be sent or shown to them: Lea Novak (r2)");
    expect(alone).toContain("where an e-mail stands alone, write their account beside it first");
    expect(beside).toContain("Other e-mail or account: Lea Novak");
    expect(attune.confirmOf("C1", "Apply")).toBeUndefined();
  });

  it("is in doubt where the names alone have changed places", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const card = await attune.gives(
      "C1",
      "people.csv",
      FILES["people.csv"]
        .replace("Maya Patel", "-")
        .replace("Lea Novak", "Maya Patel")
        .replace("-", "Lea Novak"),
    );

    expect(card).toContain("Id that may have been somebody else’s: Lea Novak (r1, until now Maya Patel)\n");
    expect(attune.confirmOf("C1", "Apply")).toBeDefined();
  });

  it.each([
    ["name", "Maya Patel", "Maya Stone", "Other name: Maya Patel becomes Maya Stone"],
    ["e-mail", "maya@", "patel@", "Other e-mail or account: Maya Patel"],
    ["account", "U1", "U9", "Other e-mail or account: Maya Patel"],
  ])("is none where one person has another %s", async (_, from, to, says) => {
    using files = folder(FILES);
    await using attune = await start(files);

    const card = await attune.gives("C1", "people.csv", FILES["people.csv"].replace(from, to));

    expect(card).toContain(says);
    expect(attune.confirmOf("C1", "Apply")).toBeUndefined();
  });
});

describe("a list in which people have other ids", () => {
  it("is refused where all have, and names the ids that they have here", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    const other = `${HEADER}\n1001,Kim Lee,coordinator,kim@example.org,\n1002,Maya Patel,resident,,\n`;

    const told = await attune.gives("C1", "people.csv", other);
    await attune.says("C1", "language ja");
    const japanese = await attune.gives("C1", "people.csv", other);

    expect(told).toContain("Nobody in people.csv has the id that they have in this program");
    expect(told).toContain("Kim Lee: here c1, in the file 1001\nMaya Patel: here r1, in the file 1002");
    expect(told).toContain("Please keep everyone’s id");
    expect(japanese).toContain("people.csvの職員番号がこのプログラムの登録と異なる");
    expect(japanese).toContain("Kim Lee：登録はc1、ファイルは1001");
    expect(attune.labels("C1")).toEqual([]);
  });

  it("is in doubt where some have", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const card = await attune.gives("C1", "people.csv", list(`r1,${MAYA}`, `1002,${LEA}`));

    expect(card).toContain("The same person under another id: Lea Novak: r2 becomes 1002");
    expect(attune.confirmOf("C1", "Apply")).toContain("People would lose what is kept under their id.");
  });
});

describe("a list without e-mails and accounts", () => {
  it("names whom nothing would reach any more, and is asked about once more", async () => {
    using files = folder({
      ...FILES,
      "people.csv": list(`r1,${MAYA}`, `r2,${LEA}`, "r3,Jo Weber,resident,jo@example.org,"),
    });
    await using attune = await start(files);
    const bare =
      "id,name,role\nc1,Kim Lee,coordinator\nr1,Maya Patel,resident\nr2,Lea Novak,resident\nr3,Jo Weber,resident\na1,Daniel Okafor,attending\n";

    const card = await attune.gives("C1", "people.csv", bare);
    const confirm = attune.confirmOf("C1", "Apply");
    await attune.says("C1", "language ja");
    const japanese = await attune.gives("C1", "people.csv", bare);

    expect(card).toContain("no way to reach them: ");
    expect(card).toContain("Jo Weber");
    expect(confirm).toBe("Some could not be reached any more.\nApply it?");
    expect(japanese).toContain("連絡がつかなくなる人");
  });
});
