import { describe, expect, it } from "vitest";
import { memoryMessenger } from "#adapters/memory/messenger.ts";
import { tapsOf } from "#src/card/act.ts";
import { PEOPLE as PEOPLE_FILE, UNDO } from "#src/domain/files.ts";
import { personId } from "#src/domain/person.ts";
import { DAY, HOUR, later } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { dutyRow as day, LAKESIDE, rosterCsv } from "#test/support/lakeside.ts";
import { local } from "#test/support/programs.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";

const { whose, refused, closed, files: ofFiles } = CATALOGUES.en;

const PEOPLE = [
  "id,name,role,email,memory",
  "c1,Kim Lee,coordinator,,C1",
  "c2,Ines Roth,coordinator,,C2",
  "r1,Maya Patel,resident,,U1",
  "r2,Lea Novak,resident,lea@example.org,",
  "a1,Daniel Okafor,attending,,U3",
];
const people = (rows: readonly string[]) => `${rows.join("\n")}\n`;
const FILES = {
  "program.yaml": LAKESIDE,
  "people.csv": people(PEOPLE),
  "roster.csv": rosterCsv(...[20, 21].flatMap((date) => [day(date, "r1"), day(date, "a1")])),
};

/** Ten in the morning of a Wednesday. */
async function start(files: ReturnType<typeof folder>, from = "2026-12-02T10:00") {
  const attune = await onDisk([files.path("program.yaml")], from);
  await attune.beat();
  return attune;
}
type Attune = Awaited<ReturnType<typeof start>>;

const asked = ({ chat }: Attune, coordinator: string) =>
  chat(coordinator).filter((text) => text.includes(whose.title)).length;
const noted = async ({ hosted }: Attune) => (await hosted[0]!.store.note("unknown accounts")) ?? "";
async function after({ clock, beat }: Attune, time: number): Promise<void> {
  await clock.set(later(clock.now(), time));
  await beat();
}
const accountOf = ({ hosted }: Attune, id: string) =>
  hosted[0]!.program.people.find((one) => one.id === id)!.accounts["memory"];

describe("somebody writes whose account is nobody's of the program", () => {
  // domain: Of somebody who writes and is nobody of a program
  it("is asked about once, however often they write, and nothing that they wrote is kept", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const reads = [await attune.says("X9", "my secret"), await attune.says("X9", "hello?")];
    await attune.beat();

    expect(reads).toEqual([refused.asksWhose, refused.asksWhose]);
    expect(["C1", "C2", "U1", "U3"].map((account) => asked(attune, account))).toEqual([1, 1, 0, 0]);
    expect(attune.looks("C1")).toContain("X9 wrote to Attune");
    expect(attune.labels("C1")).toEqual(["Lea Novak", whose.nobody]);
    expect(JSON.stringify([await noted(attune), attune.chat("C1"), attune.lines])).not.toContain("secret");
    expect(JSON.parse(await noted(attune)).open).toEqual([
      { id: 1, platform: "memory", account: "X9", at: expect.any(Number) },
    ]);
  });

  it("is somebody's at one tap, is answered from then on, and nobody's again at Undo", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.says("X9", "help");
    await attune.beat();

    attune.looks("C1");
    const said = await attune.taps("C1", "Lea Novak");
    await attune.beat();
    const known = accountOf(attune, "r2");
    const help = await attune.says("X9", "help");
    attune.looks("C2");
    const late = attune.chat("C2").at(-1)!;
    const undone = await attune.taps("C1", "Undo");
    await attune.beat();

    expect(said).toContain("The account is Dr. Novak’s: Kim Lee said so");
    expect(known).toBe("X9");
    expect(help).not.toContain(refused.asksWhose);
    expect(late).toContain("The account is Dr. Novak’s: Kim Lee said so");
    expect(JSON.parse(await noted(attune))).toMatchObject({ open: [], answered: [{ by: "c1" }] });
    expect(await noted(attune)).not.toContain("X9");
    expect(undone).toContain("is taken back");
    expect(accountOf(attune, "r2")).toBeUndefined();
    await after(attune, HOUR);
    expect(await attune.says("X9", "help")).toBe(refused.asksWhose);
  });

  it("is nobody's at one tap: only a digest stays, and nobody is asked again for 90 days", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.says("X9", "help");
    await attune.beat();

    attune.looks("C1");
    attune.looks("C2");
    const said = await attune.taps("C1", whose.nobody);
    const late = await attune.taps("C2", "Lea Novak");
    const again = await attune.says("X9", "help");
    await after(attune, 89 * DAY);
    const before = await attune.says("X9", "help");
    await after(attune, 2 * DAY);

    expect([said, late].map((text) => text.includes("nobody of the program: Kim Lee said so"))).toEqual([
      true,
      true,
    ]);
    expect(accountOf(attune, "r2")).toBeUndefined();
    expect([again, before]).toEqual([refused.unknown, refused.unknown]);
    expect(await attune.says("X9", "help")).toBe(refused.asksWhose);
  });

  it("has one answer of two that come at once", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.says("X9", "help");
    await attune.beat();
    attune.looks("C1");
    attune.looks("C2");

    const [one, other] = await Promise.all([attune.taps("C1", "Lea Novak"), attune.taps("C2", whose.nobody)]);
    await attune.beat();

    const answers = (JSON.parse(await noted(attune)) as { answered: readonly { is?: object }[] }).answered;
    expect(answers).toHaveLength(1);
    expect([one, other].every((text) => text.includes("said so"))).toBe(true);
    expect(accountOf(attune, "r2")).toBe(answers[0]!.is === undefined ? undefined : "X9");
    expect((await attune.hosted[0]!.store.filesOf(PEOPLE_FILE)).length).toBe(
      answers[0]!.is === undefined ? 0 : 2,
    );
  });

  it("is forgotten after 14 days, and its card says that it is over", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.says("X9", "help");
    await attune.beat();
    attune.looks("C1");
    await after(attune, 14 * DAY - 2 * HOUR);
    const kept = await noted(attune);
    await after(attune, HOUR);
    await attune.beat();

    expect(kept).toContain("X9");
    expect([await noted(attune), ...attune.chat("C1"), ...attune.chat("C2")].join("\n")).not.toContain("X9");
    expect(await attune.taps("C1", "Lea Novak")).toContain(closed.nothing);
  });

  it("is forgotten once the list of people has it", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.says("X9", "help");
    await attune.beat();

    files.write(
      "people.csv",
      people(PEOPLE.map((row) => row.replace("lea@example.org,", "lea@example.org,X9"))),
    );
    await attune.beat();
    await after(attune, HOUR);

    expect(await noted(attune)).not.toContain("X9");
    expect(await attune.says("X9", "help")).not.toContain(refused.unknown);
  });

  it("is one of five at most: a flood of strangers is told what it was told before", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const reads: string[] = [];
    for (let at = 0; at < 8; at += 1) reads.push(await attune.says(`X${at}`, "help"));
    await attune.beat();

    expect(reads).toEqual([...Array(5).fill(refused.asksWhose), ...Array(3).fill(refused.unknown)]);
    expect(asked(attune, "C1")).toBe(5);
  });

  it("waits for a civil hour", async () => {
    using files = folder(FILES);
    await using attune = await start(files, "2026-12-02T22:00");

    const reads = await attune.says("X9", "help");
    await attune.beat();
    const atNight = asked(attune, "C1");
    await after(attune, 11 * HOUR + 1);

    expect(reads).toBe(refused.asksWhose);
    expect([atNight, asked(attune, "C1")]).toEqual([0, 1]);
  });

  it("reaches nobody before the program has started, and where no coordinator takes part on that platform", async () => {
    using files = folder({ ...FILES, "program.yaml": LAKESIDE.replace("start: at-once\n", "") });
    await using waits = await start(files);
    using others = folder({
      ...FILES,
      "people.csv": people([
        "id,name,role,email,memory,teams",
        "c1,Kim Lee,coordinator,,,T1",
        "r1,Maya Patel,resident,,U1,",
        "a1,Daniel Okafor,attending,,U3,",
      ]),
    });
    await using elsewhere = await onDisk([others.path("program.yaml")], "2026-12-02T10:00");
    await elsewhere.hosted[0]!.store.changeStanding("c1" as never, { consent: "given" }, "c", 0 as never);
    await elsewhere.beat();

    expect([await waits.says("X9", "help"), await elsewhere.says("X9", "help")]).toEqual([
      refused.unknown,
      refused.unknown,
    ]);
    expect(await noted(waits)).toBe("");
  });

  it.each([
    ["has stopped", { stopped: true }, refused.unknown],
    ["has declined", { consent: "declined" }, refused.unknown],
    ["has paused", { pausedUntil: local("2026-12-20T00:00", "UTC") }, refused.asksWhose],
  ] as const)("where every coordinator %s, is told so as it is", async (_, change, told) => {
    using files = folder(FILES);
    await using attune = await start(files);
    for (const id of ["c1", "c2"])
      await attune.hosted[0]!.store.changeStanding(personId(id), change, `wish of ${id}`, attune.clock.now());
    await attune.beat();

    expect(await attune.says("X9", "help")).toBe(told);
  });

  it("is asked about where one of the coordinators takes part, whoever stands before them in the list", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.hosted[0]!.store.changeStanding(personId("c1"), { stopped: true }, "c1", attune.clock.now());
    await attune.beat();

    const told = await attune.says("X9", "help");
    await attune.beat();

    expect(told).toBe(refused.asksWhose);
    expect([asked(attune, "C1"), asked(attune, "C2")]).toEqual([0, 1]);
  });

  it.each([
    ["memory", refused.asksWhose],
    ["slack", refused.unknown],
  ])(
    "where the list of people has no coordinator's account, and one has agreed on %s: %s",
    async (platform, told) => {
      using files = folder({
        ...FILES,
        "people.csv": people(
          PEOPLE.filter((row) => !row.startsWith("c2")).map((row) => row.replace(",C1", ",")),
        ),
      });
      await using attune = await start(files);
      const identity = { platform, account: "C1", address: "C1" as never };
      await attune.hosted[0]!.store.rememberIdentity(personId("c1"), identity, attune.clock.now());

      expect(await attune.says("X9", "help")).toBe(told);
    },
  );

  it.each([
    ["memory", []],
    ["slack", ["Lea Novak"]],
  ])("is not asked to be that of somebody who has agreed there: %s", async (platform, offered) => {
    using files = folder(FILES);
    await using attune = await start(files);
    const identity = { platform, account: "L2", address: "L2" as never };
    await attune.hosted[0]!.store.rememberIdentity(personId("r2"), identity, attune.clock.now());
    await attune.says("X9", "help");
    await attune.beat();

    const shown = attune.looks("C1");

    expect(attune.labels("C1")).toEqual([...offered, whose.nobody]);
    expect(shown.includes(whose.allHave)).toBe(offered.length === 0);
  });

  it("is not asked about where the account is somebody's who is kept out", async () => {
    using files = folder({ ...FILES, "people.csv": people([...PEOPLE, "r3,Jo Weber,resident,,U4"]) });
    await using attune = await start(files);
    const exchanged = [...PEOPLE, "r3,Jo Weber,resident,,U4"].map((row) =>
      row
        .replace(/^r1,Maya Patel(.*),U1/u, "r1,Jo Weber$1,U4")
        .replace(/^r3,Jo Weber(.*),U4/u, "r3,Maya Patel$1,U1"),
    );
    await attune.gives("C1", "people.csv", people(exchanged));
    await attune.taps("C1", ofFiles.apply);
    for (let beats = 0; beats < 2; beats += 1) await attune.beat();

    expect(await attune.says("U4", "help")).toBe(refused.unknown);
    expect(await noted(attune)).toBe("");
  });

  it("is shown by the account where its platform cannot say the e-mail just now", async () => {
    let isAway = false;
    const messenger = memoryMessenger({
      platform: "slack",
      now: () => local("2026-12-02T10:00", "UTC"),
      directory: {
        accountOf: async () => undefined,
        async emailsOf() {
          if (isAway) throw new AttuneError("unavailable", "The directory is away.");
          return ["jo@example.org"];
        },
      },
    });
    using files = folder({
      ...FILES,
      "people.csv": people(PEOPLE.map((row) => `${row},${["slack", "S1"][PEOPLE.indexOf(row)] ?? ""}`)),
    });
    await using attune = await onDisk([files.path("program.yaml")], "2026-12-02T10:00", { messenger });
    await attune.beat();
    const writes = (account: string) =>
      attune.receive({
        type: "said",
        event: account,
        sender: { platform: "slack", account, address: account as never },
        text: "help",
      });

    await writes("X8");
    await attune.beat();
    await writes("X9");
    isAway = true;
    await attune.beat();

    expect(attune.chat("C1").slice(-2)).toEqual([
      expect.stringContaining(whose.wrote("jo@example.org", "Wed, Dec 2 10:01")),
      expect.stringContaining(whose.wrote("X9", "Wed, Dec 2 10:02")),
    ]);
  });

  it.each([
    ["to the very moment", 0, true],
    ["and no longer", 1, false],
  ])("can be nobody's again for a week %s", async (_, over, canUndo) => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.says("X9", "help");
    await attune.beat();
    attune.looks("C1");
    attune.looks("C2");
    await attune.taps("C1", "Lea Novak");
    const [said, now] = [attune.shownTo("C1"), attune.clock.now()];
    await attune.clock.set(later(now, UNDO + over));

    await attune.taps("C2", "Lea Novak");
    const offered = attune.labels("C2");
    const undo = tapsOf(said).find(({ tap }) => tap.label === "Undo")!.tap.act;
    const sender = { platform: "memory", account: "C1", address: "C1" as never };
    await attune.receive({ type: "pressed", event: "undo", sender, act: undo });
    await attune.beat();

    expect(offered).toEqual(canUndo ? ["Undo"] : []);
    expect(accountOf(attune, "r2")).toBe(canUndo ? undefined : "X9");
  });

  it("is a coordinator's to answer: nobody else, and nobody who was one", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.says("X9", "help");
    await attune.beat();
    const act = "people/whose/r2/1%20lakeside" as never;
    const presses = (account: string) =>
      attune.receive({
        type: "pressed",
        event: `p-${account}`,
        sender: { platform: "memory", account, address: account as never },
        act,
      });

    const responses = [await presses("U1"), await presses("U3"), await presses("X9")];
    files.write(
      "people.csv",
      people(PEOPLE.map((row) => row.replace("Ines Roth,coordinator", "Ines Roth,attending"))),
    );
    await attune.beat();
    const former = await presses("C2");

    expect(responses.map((one) => one.kind === "refused" && one.reason)).toEqual([
      "not-yours",
      "not-yours",
      "unknown-person",
    ]);
    expect(former).toMatchObject({ kind: "refused", text: ofFiles.notYours });
    expect(JSON.parse(await noted(attune)).open).toHaveLength(1);
    expect(accountOf(attune, "r2")).toBeUndefined();
  });

  it("has a name typed where many have no account, and takes only one that means one of them", async () => {
    const many = Array.from({ length: 25 }, (_, at) => `m${at},Person Number${at},resident,,`);
    using files = folder({ ...FILES, "people.csv": people([...PEOPLE, ...many]) });
    await using attune = await start(files);
    await attune.says("X9", "help");
    await attune.beat();

    attune.looks("C1");
    const wrong = await attune.submits("C1", "Save", "Maya Patel");
    const right = await attune.submits("C1", "Save", "Number7");
    await attune.beat();

    expect(wrong).toContain(whose.notTheirs);
    expect(right).toContain("Kim Lee said so");
    expect(accountOf(attune, "m7")).toBe("X9");
  });

  it("has the names of up to twenty without an account to tap", async () => {
    for (const [without, isTyped] of [
      [20, false],
      [21, true],
    ] as const) {
      const all = Array.from({ length: without - 1 }, (_, at) => `m${at},Person Number${at},resident,,`);
      using files = folder({ ...FILES, "people.csv": people([...PEOPLE, ...all]) });
      await using attune = await start(files);
      await attune.says("X9", "help");
      await attune.beat();

      const text = attune.looks("C1");

      expect([without, text.includes(ofFiles.whoTyped), text.includes("Number7")]).toEqual([
        without,
        isTyped,
        !isTyped,
      ]);
    }
  });

  it("is asked about in each program of the house, and answered in each by its own coordinators", async () => {
    using files = folder({
      ...FILES,
      "hill.yaml": LAKESIDE.replaceAll("lakeside", "hill").replace("people.csv", "hill.csv"),
      "hill.csv": people([
        "id,name,role,memory",
        "c1,Jo Ito,coordinator,H1",
        "r1,Al Fox,resident,",
        "a1,Bo Lund,attending,H3",
      ]),
    });
    await using attune = await onDisk(
      [files.path("program.yaml"), files.path("hill.yaml")],
      "2026-12-02T10:00",
    );
    await attune.beat();

    const reads = await attune.says("X9", "help");
    await attune.beat();
    attune.looks("C1");
    attune.looks("H1");
    const said = [await attune.taps("C1", whose.nobody), await attune.taps("H1", "Al Fox")];
    await attune.beat();

    expect(reads).toBe(refused.asksWhose);
    expect(said[0]).toContain("nobody of the program: Kim Lee said so");
    expect(said[1]).toContain("The account is Dr. Fox’s: Jo Ito said so");
    expect(await attune.says("X9", "help")).not.toContain(refused.asksWhose);
    expect(
      attune.hosted.map(({ program }) => program.people.some(({ accounts }) => accounts["memory"] === "X9")),
    ).toEqual([false, true]);
  });
});
