import { readPause } from "./pause-command.ts";
import type { DayNumber } from "./zone.ts";

/** What a person can tell Attune, the same on every platform. */
export type Command =
  | {
      readonly name:
        | "help"
        | "home"
        | "who-sees"
        | "goal"
        | "resume"
        | "stop"
        | "my-data"
        | "erase"
        | "erase-for-good";
    }
  | { readonly name: "snooze"; readonly minutes: number | undefined }
  | { readonly name: "pause"; readonly until: DayNumber | undefined }
  | { readonly name: "language"; readonly to: "en" | "ja" | undefined };

type PlainName = Exclude<Command["name"], "snooze" | "pause" | "language">;

const PLAIN: readonly (readonly [RegExp, PlainName])[] = [
  [/^(help|\?|ヘルプ|使い方)$/, "help"],
  [/^(home|ホーム)$/, "home"],
  [/^(who sees what|privacy|見える範囲|誰に見える(の|か)?)$/, "who-sees"],
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
  const pause = readPause(said, today);
  return readSnooze(said) ?? (pause === undefined ? readLanguage(said) : { name: "pause", ...pause });
}

/** The longest time that a question can be put off, in minutes: a day. */
const LONGEST_SNOOZE = 24 * 60;

const ASK_FOR_HOW_LONG: Command = { name: "snooze", minutes: undefined };

function readSnooze(said: string): Command | undefined {
  const match =
    /^(?:snooze|later|あとで|後で)(?: ?(?:for )?(\d{1,4}) ?(m|min|minutes?|分|h|hours?|時間)?(?:後に?)?)?$/.exec(
      said,
    ) ?? /^(\d{1,4}) ?(分|時間)後(?:に|で)?$/.exec(said);
  // A time that is not understood is asked for.
  if (match === null) return /^snooze(?: \S+){1,4}$/.test(said) ? ASK_FOR_HOW_LONG : undefined;
  if (match[1] === undefined) return ASK_FOR_HOW_LONG;
  const inHours = /^(h|時)/.test(match[2] ?? "");
  return {
    name: "snooze",
    minutes: Math.min(LONGEST_SNOOZE, Math.max(1, Number(match[1]) * (inHours ? 60 : 1))),
  };
}

function readLanguage(said: string): Command | undefined {
  const match = /^(?:language|言語)(?: ?(en|english|英語|ja|japanese|日本語))?$/.exec(said);
  if (match !== null)
    return {
      name: "language",
      to: match[1] === undefined ? undefined : /^(ja|日)/.test(match[1]) ? "ja" : "en",
    };
  if (said === "english" || said === "英語") return { name: "language", to: "en" };
  // A language that Attune does not speak: it offers those that it does.
  if (/^(?:language|言語) ?\S{1,16}$/.test(said)) return { name: "language", to: undefined };
  return said === "日本語" ? { name: "language", to: "ja" } : undefined;
}
