import type { Card } from "#src/card/card.ts";
import type { Locale } from "#src/domain/locale.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { folder } from "../unit/config/folder.ts";
import { dutyRow, rosterCsv } from "./lakeside.ts";
import { onDisk } from "./on-disk.ts";

/** A card and what it is about. */
export interface Titled {
  readonly title: string;
  readonly card: Card;
}

const NAMES = {
  en: { c1: "Kim Lee", r1: "Maya Patel", r2: "Lea Novak", a1: "Daniel Okafor", new: "Jonas Weber" },
  ja: { c1: "林 優子", r1: "鈴木 葵", r2: "佐藤 健", a1: "中村 大地", new: "小川 翔" },
} as const;
const ADDED = { en: "resident", ja: "研修医" } as const;
const COMMANDS = {
  en: { people: "people", why: "why", home: "home", help: "help", upload: "upload" },
  ja: { people: "名簿", why: "なぜ", home: "ホーム", help: "ヘルプ", upload: "アップロード" },
} as const;

const programOf = (locale: Locale) => `name: { en: Lakeside Hospital, ja: さくら市立病院 救急科 }
id: lakeside
timeZone: Asia/Tokyo
locale: ${locale}
rotations: [{ name: ER, from: 2026-12-01, to: 2026-12-28 }]
people: people.csv
roster: [{ file: roster.csv, format: csv }]
`;

/** What a coordinator reads as they set up a program and run it: each card as it was when it was new. */
export async function coordinatorsCards(locale: Locale): Promise<readonly Titled[]> {
  const names = NAMES[locale];
  const { files: say, settingUp, people, buttons } = CATALOGUES[locale];
  const does = COMMANDS[locale];
  const header = "id,name,role,email,memory\n";
  const first = `c1,${names.c1},coordinator,,C1\n`;
  const list = `${header}${first}r1,${names.r1},resident,,U1\nr2,${names.r2},resident,r2@example.org,\na1,${names.a1},attending,,U3\n`;
  const roster = (...more: readonly string[]) =>
    rosterCsv(...[2, 3, 4, 5].flatMap((date) => [dutyRow(date, "r1"), dutyRow(date, "a1")]), ...more);
  using place = folder({
    "program.yaml": programOf(locale),
    "people.csv": `${header}${first}`,
    "roster.csv": "person,start,end\n",
  });
  await using attune = await onDisk([place.path("program.yaml")], "2026-11-24T00:00");
  const cards: Titled[] = [];
  const keep = (title: string) => {
    const card = attune.shownTo("C1");
    if (cards.some((one) => JSON.stringify(one.card) === JSON.stringify(card)))
      throw new Error(`${title} is no new card.`);
    cards.push({ title, card });
  };
  const looks = async (title: string) => {
    await attune.beat();
    attune.looks("C1");
    keep(title);
  };
  const taps = async (title: string, label: string) => {
    await attune.taps("C1", label);
    keep(title);
    await attune.beats();
  };
  const says = async (title: string, text: string) => {
    await attune.says("C1", text);
    keep(title);
  };
  const gives = async (title: string, name: string, text: string) => {
    await attune.gives("C1", name, text);
    keep(title);
  };

  await looks("greeting");
  await gives("list", "meibo.csv", list);
  await taps("list applied", say.apply);
  await gives("roster", "december.csv", roster(dutyRow(6, "Surge T"), dutyRow(7, "Night A")));
  await taps("who is it", say.choosePerson);
  await taps("one is known", attune.labels("C1")[1]!);
  await taps("the whole", say.whole);
  await taps("roster applied", say.apply);
  await looks("greeting, filled");
  await taps("started", settingUp.start);
  await gives("large", "less.csv", rosterCsv(dutyRow(2, "r1")));
  await taps("large, not now", say.notNow);
  await gives("the same", "december.csv", roster(dutyRow(6, "Surge T"), dutyRow(7, "Night A")));
  await gives("broken", "broken.csv", `name,role\n${names.r1},resident\n`);
  await gives("of another kind", "december.pdf", "%PDF-1.7");
  await attune.gives("C1", "december.csv", { trouble: "page" });
  keep("only a link");
  await gives("swap", "swap.csv", roster(dutyRow(8, "r1"), dutyRow(8, "a1")));
  await taps("swap applied", say.apply);
  await taps("swap undone", buttons.undo);
  await says("people", does.people);
  await attune.writes("C1", `${names.new}, ${ADDED[locale]}, new@example.org`);
  keep("one more");
  await says("one of them", `${does.people} ${names.r1}`);
  await taps("one leaves", people.end);
  await says("why", `${does.why} ${names.r1}`);
  await attune.says("X9", "hello");
  await looks("a stranger");
  await taps("nobody of ours", CATALOGUES[locale].whose.nobody);
  place.write("people.csv", `${list}a2,${names.new},attending,,\n`);
  await looks("taken over");
  const given = (...rows: readonly string[]) => [header.trim(), first.trim(), ...rows].join("\n");
  const [a1, a2] = [`a1,${names.a1},attending,,U3`, `a2,${names.new},attending,,`];
  const others = [`r1,${names.r2},resident,r2@example.org,`, `r2,${names.r1},resident,,U1`, a1, a2];
  await gives("ids of others", "sorted.csv", given(...others));
  await gives(
    "out of reach",
    "short.csv",
    given(`r1,${names.r1},resident,,U1`, `r2,${names.r2},resident,,`, a1, a2),
  );
  await gives(
    "ids anew",
    "anew.csv",
    `${header}1,${names.c1},coordinator,,C1\n2,${names.r1},resident,,U1\n3,${names.a1},attending,,U3\n`,
  );
  await gives("an unknown heading", "heads.csv", `id,name,Position\nc1,${names.c1},coordinator\n`);
  await gives(
    "left out, and how to mend it",
    "mistakes.csv",
    roster(
      "r1,2026-12-09T20:00,2026-12-09T08:00Z",
      "r1,2026-13-09T08:00,17:00",
      "?,2026-12-10T08:00,17:00",
      dutyRow(11, "a1"),
    ),
  );
  await says("send a file", does.upload);
  await says("home", does.home);
  await says("help", does.help);
  return cards;
}
