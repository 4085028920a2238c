import { expect, it } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { shot, SHOTS } from "#test/support/shots.ts";
import { openDemo } from "#test/support/web/demo.ts";
import { folder } from "../unit/config/folder.ts";

/** On a busy machine the first beat may come before the files are read, and the next one is a minute later. */
const PATIENCE = { timeout: 100_000 };

/** A program as an operator leaves it to its coordinator: a name, two months, and one person. */
const PROGRAM = `name: { en: Lakeside Hospital, ja: 湖畔病院 }
timeZone: Asia/Tokyo
locale: en
rotations: [{ name: ER, from: 2026-12-01, to: 2027-01-31 }]
people: people.csv
roster: [{ file: roster.csv, format: csv }]
`;
const COORDINATOR = "id,name,role\nc1,Emily Carter,coordinator\n";
const PEOPLE = `${COORDINATOR}r1,Maya Patel,resident\na1,Daniel Okafor,attending\n`;
const HEADER = "person,start,end\n";
const ROSTER = ["Maya Patel", "Surge T"]
  .flatMap((name) => ["01", "02"].map((day) => `${name},2026-12-${day}T08:00,17:00\n`))
  .join("");

// The walk of docs/for-coordinators.md, "From nothing to started".
it("a newcomer brings a program from nothing to started in the playground, by two files and six taps", async () => {
  using files = folder({ "program.yaml": PROGRAM, "people.csv": COORDINATOR, "roster.csv": HEADER });
  await using demo = await openDemo(files.path("program.yaml"));
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({
      reducedMotion: "reduce",
      locale: "en-GB",
      viewport: { width: 1440, height: SHOTS === undefined ? 1100 : 2200 },
    });
    const page = await context.newPage();
    await page.goto(demo.url);
    const phone = page.locator(".phone[data-person=c1]");
    const reads = async (text: string): Promise<void> => {
      await expect.poll(() => phone.locator(".log").innerText(), PATIENCE).toContain(text);
    };
    const taps = (label: string) =>
      phone.getByRole("button", { name: label, exact: true }).last().click(PATIENCE);
    const gives = (name: string, text: string) =>
      phone
        .locator("input[type=file]")
        .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) }, PATIENCE);
    const shows = (name: string, card: string) =>
      shot(phone.locator(".log > *").filter({ hasText: card }).first(), name, PATIENCE);

    await reads("There is no resident or attending yet");
    await gives("people.csv", PEOPLE);
    await reads("What people.csv would change");
    await taps("Apply");
    await reads("1 resident, 1 attending");
    await gives("roster.csv", HEADER + ROSTER);
    await reads("Who is “Surge T”?");
    await taps("Choose a person");
    await taps("Dr. Okafor");
    await reads("Dr. Okafor: 2 shifts added");
    await taps("Apply");
    await reads("4 shifts of 2 people");
    await reads("07:45 Dr. Patel: goal");
    await shows("for-coordinators-greeting.png", "Before Attune starts");
    await taps("Try the messages");
    await taps("Goal, before the shift");
    await reads("A trial, as Dr. Patel would read it");
    await phone.locator("summary", { hasText: "Start" }).last().click(PATIENCE);
    await taps("Start");
    await reads("Attune has started: Emily Carter");
  } finally {
    await browser.close();
  }
}, 300_000);
