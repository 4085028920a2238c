import { dayNumber, dateText, type DayNumber } from "./zone.ts";

/** What a person can tell Attune, the same on every platform. */
export type Command =
  | { readonly name: "help" | "home" | "goal" | "resume" | "stop" | "my-data" | "erase" | "erase-for-good" }
  | { readonly name: "snooze"; readonly minutes: number | undefined }
  | { readonly name: "pause"; readonly until: DayNumber | undefined }
  | { readonly name: "language"; readonly to: "en" | "ja" | undefined };

type PlainName = Exclude<Command["name"], "snooze" | "pause" | "language">;

const PLAIN: readonly (readonly [RegExp, PlainName])[] = [
  [/^(help|\?|ヘルプ|使い方)$/, "help"],
  [/^(home|ホーム)$/, "home"],
  [/^(goal|set a goal|目標|目標を(決める|立てる))$/, "goal"],
  [/^(resume|start|再開(する)?)$/, "resume"],
  [/^(stop|unsubscribe|停止(する)?|やめる|止めて)$/, "stop"],
  [/^(my data|data|マイデータ|(自分の)?データ(を見る)?)$/, "my-data"],
  [/^(erase me|(データを)?(消去|削除)(する)?)$/, "erase"],
  [/^erase me for good$/, "erase-for-good"],
];

/** Reads a command in English or Japanese. `today` is the program's local day, for "pause for a week". Undefined when it is none. */
export function readCommand(text: string, today: DayNumber): Command | undefined {
  const said = text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^\//, "")
    .replace(/[.!。]$/, "");
  const plain = PLAIN.find(([pattern]) => pattern.test(said))?.[1];
  if (plain !== undefined) return { name: plain };
  return readSnooze(said) ?? readPause(said, today) ?? readLanguage(said);
}

/** The longest time that a question can be put off, in minutes: a day. */
const LONGEST_SNOOZE = 24 * 60;

function readSnooze(said: string): Command | undefined {
  const match =
    /^(?:snooze|later|あとで|後で)(?: ?(?:for )?(\d{1,4}) ?(m|min|minutes?|分|h|hours?|時間)?(?:後に?)?)?$/.exec(
      said,
    ) ?? /^(\d{1,4}) ?(分|時間)後(?:に|で)?$/.exec(said);
  if (match === null) return undefined;
  if (match[1] === undefined) return { name: "snooze", minutes: undefined };
  const inHours = /^(h|時)/.test(match[2] ?? "");
  return {
    name: "snooze",
    minutes: Math.min(LONGEST_SNOOZE, Math.max(1, Number(match[1]) * (inHours ? 60 : 1))),
  };
}

const DATE = String.raw`(\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?|tomorrow|明日)`;
const PAUSE_UNTIL = [
  new RegExp(`^(?:pause|休止|お休み) ?(?:until )?${DATE}(?: ?まで)?$`),
  new RegExp(`^${DATE} ?まで ?(?:休止|お休み)$`),
];
const PAUSE_FOR = [
  /^pause for (\d{1,3}) (day|week)s?$/,
  /^(?:休止|お休み) ?(\d{1,3}) ?(日|週)間$/,
  /^(\d{1,3}) ?(日|週)間 ?(?:休止|お休み)$/,
];

function readPause(said: string, today: DayNumber): Command | undefined {
  if (/^(?:pause|休止|お休み)$/.test(said)) return { name: "pause", until: undefined };
  const length = firstMatch(PAUSE_FOR, said);
  if (length !== undefined) {
    const days = /^(week|週)/.test(length[2]!) ? 7 : 1;
    return { name: "pause", until: today + Number(length[1]) * days };
  }
  const date = firstMatch(PAUSE_UNTIL, said)?.[1];
  if (date === undefined) return undefined;
  if (date === "tomorrow" || date === "明日") return { name: "pause", until: today + 1 };
  const [year, month, day] = date.replace(/日$/, "").split(/[-/年月]/);
  const written = `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
  const until = dayNumber(written);
  // A date that does not exist, like 31 April, is not guessed at.
  return Number.isNaN(until) || dateText(until) !== written
    ? { name: "pause", until: undefined }
    : { name: "pause", until };
}

function firstMatch(patterns: readonly RegExp[], said: string): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(said);
    if (match !== null) return match;
  }
  return undefined;
}

function readLanguage(said: string): Command | undefined {
  const match = /^(?:language|言語)(?: ?(en|english|英語|ja|japanese|日本語))?$/.exec(said);
  if (match !== null)
    return {
      name: "language",
      to: match[1] === undefined ? undefined : /^(ja|日)/.test(match[1]) ? "ja" : "en",
    };
  if (said === "english" || said === "英語") return { name: "language", to: "en" };
  return said === "日本語" ? { name: "language", to: "ja" } : undefined;
}
