import { expect, it } from "vitest";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import { instant } from "#src/domain/time.ts";
import { reusedIds, WHO } from "#src/flows/acts/reused-ids.ts";
import { commandLine } from "#test/support/command-line.ts";
import { FILES, folder, PEOPLE, type Folder } from "../unit/config/folder.ts";

/** Attune has run: r1 has agreed, and whom each id means is known. */
async function hasRun(files: Folder): Promise<void> {
  await using db = commandLine(files).open();
  const { program } = loadProgram(files.path("program.yaml"), PLATFORMS);
  const store = db.store(program.id);
  await store.changeStanding(program.people[0]!.id, { consent: "given" }, "consent", instant(Date.now()));
  const { note } = await reusedIds(program.people, store);
  await store.setNote(WHO, note!);
}

/** What must be mended is said first and last. */
const accountLines = (files: Folder): readonly string[] => [
  ...new Set(
    commandLine(files)
      .run("doctor")
      .stdout.split("\n")
      .filter((line) => /^\w+ +accounts/u.test(line)),
  ),
];

it.each([
  [
    "another e-mail, account and name",
    PEOPLE.replace("佐藤 健,", "Mia Weber,").replace("ken@", "mia@").replace("U1", "U9"),
    1,
  ],
  ["another e-mail and account under the same name", PEOPLE.replace("ken@", "mia@").replace("U1", "U9"), 1],
  ["another e-mail alone", PEOPLE.replace("ken@", "ken.sato@"), 0],
  ["another account alone", PEOPLE.replace("U1", "U9"), 0],
])(
  "doctor names an id that may mean another person now, each time it looks: %s",
  async (_, changed, doubts) => {
    using files = folder(FILES);
    await hasRun(files);
    const before = accountLines(files);

    files.write("people.csv", changed);
    const found = [accountLines(files), accountLines(files)];
    files.write("people.csv", PEOPLE);
    const mended = accountLines(files);

    expect(before).toEqual([]);
    for (const lines of found)
      expect(lines).toEqual(
        Array.from({ length: doubts }, () =>
          expect.stringMatching(/^fix +accounts +Test Hospital: r1 may be other people now/u),
        ),
      );
    expect(mended).toEqual([]);
  },
);
