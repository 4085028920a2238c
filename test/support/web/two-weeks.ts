import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What each works: a chief resident as a resident on some days and as an attending on others, two residents and three attendings. */
const SHIFTS = [
  ["2026-11-30", "k1 resident, r1 resident, r2 resident, a1 attending, a2 attending"],
  ["2026-12-02", "k1 attending, r1 resident, r2 resident, a3 attending"],
  ["2026-12-09", "k1 attending, r1 resident, r2 resident, a3 attending"],
  ["2026-12-10", "k1 resident, r1 resident, a1 attending, a2 attending"],
] as const;

const PEOPLE = `id,name,name_en,role
k1,中村 大輝,Daiki Nakamura,resident+attending
r1,佐藤 健,Ken Sato,resident
r2,鈴木 葵,Aoi Suzuki,resident
a1,田中 真理,Mari Tanaka,attending
a2,小林 徹,Toru Kobayashi,attending
a3,加藤 由紀子,Yukiko Kato,attending
c1,木村 直子,Naoko Kimura,coordinator
`;

const PROGRAM = `name: { ja: さくら市立病院 救急科, en: Sakura City Hospital }
id: two-weeks
timeZone: Asia/Tokyo
locale: ja
start: at-once
rotations:
  - name: 12月
    from: 2026-11-30
    to: 2026-12-13
people: people.csv
roster:
  - file: roster.csv
    format: csv
labels:
  日勤: { ja: 日勤, en: Day }
`;

/** Writes a program of two weeks into a folder of its own, and returns its file. */
export function twoWeeks(): string {
  const folder = mkdtempSync(join(tmpdir(), "attune-two-weeks-"));
  const rows = SHIFTS.flatMap(([day, people]) =>
    people.split(", ").map((one) => `${one.split(" ")[0]},${day}T08:00,17:00,日勤,${one.split(" ")[1]}`),
  );
  writeFileSync(join(folder, "people.csv"), PEOPLE);
  writeFileSync(join(folder, "roster.csv"), `person,start,end,label,role\n${rows.join("\n")}\n`);
  writeFileSync(join(folder, "program.yaml"), PROGRAM);
  return join(folder, "program.yaml");
}
