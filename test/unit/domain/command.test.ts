import { describe, expect, it } from "vitest";
import { readCommand } from "#src/domain/command.ts";
import { dayNumber } from "#src/domain/zone.ts";

const today = dayNumber("2026-12-01");
const read = (text: string) => readCommand(text, today);

describe("a command", () => {
  it.each([
    ["help", "help"],
    ["使い方", "help"],
    ["？", "help"],
    ["home", "home"],
    ["who sees what", "who-sees"],
    ["見える範囲", "who-sees"],
    ["ホーム", "home"],
    ["goal", "goal"],
    ["目標", "goal"],
    ["目標を決める", "goal"],
    ["resume", "resume"],
    ["再開", "resume"],
    ["stop", "stop"],
    ["停止", "stop"],
    ["止めて", "stop"],
    ["my data", "my-data"],
    ["マイデータ", "my-data"],
    ["自分のデータ", "my-data"],
    ["erase me", "erase"],
    ["データを消去", "erase"],
    ["削除", "erase"],
    ["erase me for good", "erase-for-good"],
  ])("%s means %s", (text, name) => {
    expect(read(text)).toEqual({ name });
  });

  it.each([" Help. ", "/help", "HELP", "Ｈｅｌｐ", "ヘルプ。"])("may be written as “%s”", (text) => {
    expect(read(text)).toEqual({ name: "help" });
  });

  it.each([
    ["snooze", undefined],
    ["あとで", undefined],
    ["snooze 30", 30],
    ["later for 2 hours", 120],
    ["あとで 30分", 30],
    ["あとで　３０分", 30],
    ["後で30分後に", 30],
    ["1時間後", 60],
    ["15分後に", 15],
    ["snooze 9999", 24 * 60],
    ["snooze 0", 1],
    ["snooze for a while", undefined],
  ])("%s puts a question off by %s minutes", (text, minutes) => {
    expect(read(text)).toEqual({ name: "snooze", minutes });
  });

  it.each([
    ["pause until 2027-01-08", "2027-01-08"],
    ["pause 2027/1/8", "2027-01-08"],
    ["pause until tomorrow", "2026-12-02"],
    ["pause for 7 days", "2026-12-08"],
    ["pause for 2 weeks", "2026-12-15"],
    ["休止 2027-01-08 まで", "2027-01-08"],
    ["休止 2027年1月8日まで", "2027-01-08"],
    ["2027年1月8日まで休止", "2027-01-08"],
    ["明日まで休止", "2026-12-02"],
    ["休止 7日間", "2026-12-08"],
    ["1週間お休み", "2026-12-08"],
    ["pause until 8 January", "2027-01-08"],
    ["pause until Jan 8", "2027-01-08"],
    ["Pause until January 8th, 2028", "2028-01-08"],
    ["pause until the 24th of December", "2026-12-24"],
    ["pause 3 days", "2026-12-04"],
    ["pause a week", "2026-12-08"],
    ["pause until next week", "2026-12-08"],
    ["1月8日まで休止", "2027-01-08"],
    ["休止 12月24日まで", "2026-12-24"],
    ["３日間休止", "2026-12-04"],
    ["明後日まで休止", "2026-12-03"],
  ])("%s pauses until %s", (text, date) => {
    expect(read(text)).toEqual({ name: "pause", until: dayNumber(date) });
  });

  it.each([
    "pause",
    "休止",
    "pause until 2027-04-31",
    "休止 2027-13-01 まで",
    "pause until the weekend",
    "pause until 30 February",
    "休止 しばらく",
    "2月30日まで休止",
  ])("%s asks back for the day, since it names none that exists", (text) => {
    expect(read(text)).toEqual({ name: "pause", until: undefined });
  });

  it.each([
    ["language", undefined],
    ["language french", undefined],
    ["言語 フランス語", undefined],
    ["language ja", "ja"],
    ["日本語", "ja"],
    ["言語 日本語", "ja"],
    ["言語 英語", "en"],
    ["英語", "en"],
    ["english", "en"],
  ])("%s sets the language to %s", (text, to) => {
    expect(read(text)).toEqual({ name: "language", to });
  });

  it.each([
    "suture one wound",
    "縫合を一例やりたい",
    "stop the bleeding first",
    "目標は縫合",
    "30分",
    "pauses and breaks during a code",
    "pause before the incision and call a time-out",
    "language barrier: use an interpreter early",
    "一度お休みをとってから声をかける",
    "",
  ])("“%s” is none, but somebody's own words", (text) => {
    expect(read(text)).toBeUndefined();
  });
});
