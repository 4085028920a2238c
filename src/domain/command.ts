import { readPause } from "./pause-command.ts";
import { readResearch, type ResearchSaid } from "./research-command.ts";
import { readSnooze, type SnoozeSaid } from "./snooze-command.ts";
import { formsOf } from "./typed-forms.ts";
import type { DayNumber } from "./time.ts";

/** A command that a person can type, the same on every platform. */
export type Command =
  | {
      readonly name:
        | "help"
        | "home"
        | "who-sees"
        | "roster"
        | "figures"
        | "goal"
        | "my-rotation"
        | "resume"
        | "stop"
        | "my-data"
        | "erase"
        | "erase-for-good";
    }
  | SnoozeSaid
  | ResearchSaid
  | { readonly name: "pause"; readonly until: DayNumber | undefined }
  | { readonly name: "language"; readonly to: "en" | "ja" | undefined };

type PlainName = Exclude<Command["name"], "snooze" | "pause" | "language" | "research">;

const POLITE = "(?:する|します|して|したい(?:です)?)?";
const OWN = "(?:私|自分|わたし)の";
const OWN_DATA = "(?:(?:私|自分)の)?";

/**
 * Each command in the forms that people type. A form must be the whole text: "stop the bleeding first" is not the command
 * "stop", but may answer an open question.
 */
const PLAIN: readonly (readonly [RegExp, PlainName])[] = [
  [/^(?:help(?: me)?|commands|\?|ヘルプ|使い方(?:は|を教えて)?)$/, "help"],
  [/^(?:(?:go )?home|ホーム)$/, "home"],
  [
    /^(?:who (?:can )?sees? (?:what|this|it)|privacy|見える範囲|(?:誰|だれ)[にが](?:(?:何|なに)が)?見える(?:のか?|か)?)$/,
    "who-sees",
  ],
  [/^(?:(?:the )?roster|勤務表|シフト表)$/, "roster"],
  [
    new RegExp(
      `^(?:(?:the )?(?:program's )?figures(?: as a (?:file|table))?|(?:プログラムの)?集計(?:を(?:ファイルで|ダウンロード)?${POLITE})?)$`,
    ),
    "figures",
  ],
  [
    new RegExp(
      `^(?:(?:(?:set|change) )?(?:(?:a|my|new|a new|today's) )?goals?|(?:今日の|新しい)?目標(?:設定|変更)?|目標(?:設定|変更|を(?:設定|変更))${POLITE}|目標を(?:決め|立て|変え)(?:る|ます|たい(?:です)?))$`,
    ),
    "goal",
  ],
  [
    new RegExp(
      `^(?:(?:(?:show|see) )?(?:me )?my rotation(?: so far| summary)?|rotation summary|(?:${OWN}|マイ)ローテーション(?:の(?:まとめ|振り返り))?(?:を(?:見る|見せて|見たい(?:です)?|確認${POLITE}))?|ローテーションの(?:まとめ|振り返り))$`,
    ),
    "my-rotation",
  ],
  [
    new RegExp(
      `^(?:resume(?: messages)?|unpause|(?:re)?start(?: again)?|(?:通知を)?再開${POLITE}|参加${POLITE})$`,
    ),
    "resume",
  ],
  [
    new RegExp(
      `^(?:stop(?: it| that| this)?(?: (?:asking|sending|messaging|writing|texting|bothering|pinging|notifying|contacting))?(?: to)?(?: me)?(?: (?:(?:these|all|any|your|the) )?(?:messages?|notifications?|questions?|reminders?))?|no more (?:messages|questions|reminders)|(?:don't|do not|never) (?:ask|message|write|text|contact|bother)(?: to)? me(?: again| any ?more| ever again)?|unsubscribe(?: me)?|quit|opt(?: me)? out|leave me alone|(?:turn|switch) (?:it |messages |notifications )?off|(?:(?:通知|メッセージ|配信)を?)?停止${POLITE}|(?:通知|メッセージ|質問)(?:を|は)?(?:止めて|とめて|やめて|送らないで|いりません|不要)|(?:通知を|参加を)?(?:やめ|止め)(?:る|ます|て|たい(?:です)?)|もう(?:聞か|送ら|連絡し)ないで|通知オフ|退会${POLITE})$`,
    ),
    "stop",
  ],
  [
    new RegExp(
      `^(?:(?:(?:show|see|export|download) )?(?:me )?my data|data|マイデータ|${OWN_DATA}データ(?:を(?:見る|見せて|見たい(?:です)?|確認${POLITE}))?|保存内容)$`,
    ),
    "my-data",
  ],
  [
    new RegExp(
      `^(?:(?:erase|delete|forget|remove) (?:me|everything|(?:all )?(?:of )?my data)|(?:${OWN_DATA}データを?)?(?:すべて|全て|全部)?(?:消去|削除)${POLITE}|(?:${OWN_DATA}データを?)?(?:すべて|全て|全部)消して|${OWN_DATA}データを消して)$`,
    ),
    "erase",
  ],
  [/^erase me for good$/, "erase-for-good"],
];

/** Reads a command in English or Japanese; undefined if the text is none. `today`: the program's local day, for "pause for a week". */
export function readCommand(text: string, today: DayNumber): Command | undefined {
  const read = formsOf(text).flatMap((form) => commandIn(form, today) ?? []);
  // "pause until Jan 8, please": politeness may stand in the way of the day.
  return read.find((command) => !isVague(command)) ?? read[0];
}

/** The same in one program: "research" is a command only where there is some. */
export function commandOf(text: string, today: DayNumber, hasResearch: boolean): Command | undefined {
  const command = readCommand(text, today);
  return command?.name === "research" && !hasResearch ? undefined : command;
}

/** A command that leaves open until when, for how long or to what. */
const isVague = (command: Command): boolean =>
  (command.name === "pause" && command.until === undefined) ||
  (command.name === "snooze" && command.minutes === undefined && command.until === undefined) ||
  (command.name === "language" && command.to === undefined);

function commandIn(said: string, today: DayNumber): Command | undefined {
  const plain = PLAIN.find(([pattern]) => pattern.test(said))?.[1];
  if (plain !== undefined) return { name: plain };
  const research = readResearch(said);
  if (research !== undefined) return research;
  const pause = readPause(said, today);
  return readSnooze(said) ?? (pause === undefined ? readLanguage(said) : { name: "pause", ...pause });
}

const NAMED = "(en|english|英語|ja|japanese|日本語|にほんご)";
const LANGUAGES: readonly RegExp[] = [
  new RegExp(`^(?:language|lang|言語)(?:[: ]|を|は| ?[:=] ?)? ?(?:to )?${NAMED}?(?:に(?:変更|して|する)?)?$`),
  new RegExp(`^(?:(?:switch to|speak|use|in) )?${NAMED}$`),
  /^(?:change|switch|set) (?:the |my )?language$/,
  new RegExp(`^${NAMED}(?:で|に(?:する|して|変更(?:する|して)?|切り替え(?:る|て)?)?)$`),
];

function readLanguage(said: string): Command | undefined {
  for (const pattern of LANGUAGES) {
    const match = pattern.exec(said);
    if (match === null) continue;
    const [, named] = match;
    return {
      name: "language",
      to: named === undefined ? undefined : /^(?:ja|日|に)/.test(named) ? "ja" : "en",
    };
  }
  // A language that Attune does not speak: it offers the languages that it speaks.
  return /^(?:language|言語)(?: |を)?\S{1,16}$/.test(said) ? { name: "language", to: undefined } : undefined;
}
