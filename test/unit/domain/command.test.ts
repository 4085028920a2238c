import { describe, expect, it } from "vitest";
import { readCommand } from "#src/domain/command.ts";
import { daysMeant } from "#src/domain/said-day.ts";
import { dateText, dayNumber } from "#src/domain/time.ts";

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
    ["roster", "roster"],
    ["勤務表", "roster"],
    ["figures", "figures"],
    ["集計", "figures"],
    ["goal", "goal"],
    ["目標", "goal"],
    ["目標を決める", "goal"],
    ["resume", "resume"],
    ["再開", "resume"],
    ["stop", "stop"],
    ["停止", "stop"],
    ["止めて", "stop"],
    ["my rotation", "my-rotation"],
    ["Show me my rotation, please", "my-rotation"],
    ["私のローテーション", "my-rotation"],
    ["マイローテーション", "my-rotation"],
    ["ローテーションの振り返り", "my-rotation"],
    ["自分のローテーションを見せて", "my-rotation"],
    ["my data", "my-data"],
    ["マイデータ", "my-data"],
    ["自分のデータ", "my-data"],
    ["erase me", "erase"],
    ["データを消去", "erase"],
    ["削除", "erase"],
    ["erase me for good", "erase-for-good"],
    ["Help me, please", "help"],
    ["使い方を教えてください", "help"],
    ["set my goal", "goal"],
    ["change my goal", "goal"],
    ["今日の目標", "goal"],
    ["目標を立てたいです", "goal"],
    ["目標設定", "goal"],
    ["start again", "resume"],
    ["再開してください", "resume"],
    ["Stop messages", "stop"],
    ["停止してください", "stop"],
    ["通知を止めて", "stop"],
    ["参加をやめたい", "stop"],
    ["Show me my data", "my-data"],
    ["データを見せてください", "my-data"],
    ["delete my data", "erase"],
    ["forget me", "erase"],
    ["私のデータを全部削除してください", "erase"],
    ["全部消して", "erase"],
    ["Who sees this?", "who-sees"],
    ["誰に見えるのか？", "who-sees"],
  ])("%s means %s", (text, name) => {
    expect(read(text)).toEqual({ name });
  });

  // domain: A command is understood as people write it
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
    ["snooze half an hour", 30],
    ["snooze for an hour", 60],
    ["snooze for a hour", 60],
    ["snooze one hour", 60],
    ["snooze two hours", 120],
    ["snooze three hours", 180],
    ["snooze four hours", 240],
    ["snooze 1 hour and 5 minutes", 65],
    ["snooze 2 hours and a half", 150],
    ["not now", undefined],
    ["remind me in 20 minutes, please", 20],
    ["ask me again later", undefined],
    ["1時間半後に聞いて", 90],
    ["30分後にもう一度お願いします", 30],
    ["あとで聞いてください", undefined],
  ])("%s puts a question off by %s minutes", (text, minutes) => {
    expect(read(text)).toEqual({ name: "snooze", minutes });
  });

  it("puts a question off until the last minute of an hour, and knows no minute after it", () => {
    expect(read("snooze until 21:59")).toMatchObject({ until: { minute: 21 * 60 + 59 } });
    expect(read("snooze until 21:60")).not.toHaveProperty("until.minute");
  });

  it.each([
    ["snooze until 1:00", { minute: 60, isHalf: true }],
    ["snooze until 11:59", { minute: 11 * 60 + 59, isHalf: true }],
    ["snooze until 12:00", { minute: 12 * 60, isHalf: false }],
    ["snooze until 12:30 am", { minute: 30, isHalf: false }],
    ["snooze until 0:30", { minute: 30, isHalf: false }],
    ["snooze until 24:00", { minute: 0, isHalf: false }],
    ["スヌーズ 24時まで", { minute: 0, isHalf: false }],
    ["snooze until 25:00", undefined],
  ])(
    "%s names a time of day, which may be of the evening only where a clock of twelve hours has it",
    (text, until) => {
      expect(read(text)).toEqual({ name: "snooze", minutes: undefined, ...(until && { until }) });
    },
  );

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
    ["pause until next week", "2026-12-07"],
    ["pause until Friday", "2026-12-04"],
    ["Please pause until Tuesday.", "2026-12-08"],
    ["pause until next Tues", "2026-12-08"],
    ["pause until next Friday", "2026-12-11"],
    ["pause for a month", "2027-01-01"],
    ["pause until the end of the month", "2027-01-01"],
    ["pause today", "2026-12-02"],
    ["mute until 8 Jan", "2027-01-08"],
    ["pause til Jan 8, please", "2027-01-08"],
    ["until 8 January", "2027-01-08"],
    ["pause until 12/24", "2026-12-24"],
    ["pause until 12/24/2027", "2027-12-24"],
    ["pause until 24/12/2026", "2026-12-24"],
    ["pause until 24/12/2027", "2027-12-24"],
    ["pause until 5/5", "2027-05-05"],
    ["pause until 8.1.", "2027-01-08"],
    ["pause until 8.1.2028", "2028-01-08"],
    ["1/8まで休止", "2027-01-08"],
    ["休止 12/5", "2026-12-05"],
    ["令和9年1月8日まで休止", "2027-01-08"],
    ["明日まで", "2026-12-02"],
    ["明日まで休む", "2026-12-02"],
    ["来週まで", "2026-12-07"],
    ["来週の金曜日まで休止してください", "2026-12-11"],
    ["金曜まで止めて", "2026-12-04"],
    ["8日まで休止", "2026-12-08"],
    ["1日まで休止", "2027-01-01"],
    ["8日間休止", "2026-12-09"],
    ["二週間休止", "2026-12-15"],
    ["1か月お休みしたい", "2027-01-01"],
    ["今週いっぱい休止", "2026-12-07"],
    ["来月まで一時停止", "2027-01-01"],
    ["1月8日まで通知を止めてください", "2027-01-08"],
    ["一時停止 1月8日まで", "2027-01-08"],
    ["1月8日まで休止", "2027-01-08"],
    ["休止 12月24日まで", "2026-12-24"],
    ["３日間休止", "2026-12-04"],
    ["明後日まで休止", "2026-12-03"],
    // Today, or a day that has just passed, and not next year's.
    ["pause until Dec 1", "2026-12-01"],
    ["12月1日まで休止", "2026-12-01"],
    ["pause until 28 November", "2026-11-28"],
    ["11月28日まで休止", "2026-11-28"],
  ])("%s pauses until %s", (text, date) => {
    expect(read(text)).toEqual({ name: "pause", until: dayNumber(date) });
  });

  it.each([
    ["2026-11-07", "2026-11-08"],
    ["2026-11-08", "2026-12-08"],
    ["2026-12-08", "2027-01-08"],
  ])("a day of the month is the next one of that number: said on %s, 8日 is %s", (said, until) => {
    expect(readCommand("8日まで休止", dayNumber(said))).toEqual({ name: "pause", until: dayNumber(until) });
  });

  it.each([
    ["pause until 1/12", ["2027-01-12", "2027-12-01"]],
    ["pause until 5/5", ["2027-05-05"]],
    ["pause until 25/12", ["2026-12-25"]],
    ["pause until 12/1/2026", []],
    ["pause until 12/2/2026", ["2026-12-02"]],
    ["pause until 31/31", []],
    ["pause until spring", []],
  ])("%s may mean these days to come: %j", (text, days) => {
    expect(daysMeant(text, today).map(dateText)).toEqual(days);
  });

  it.each([
    "pause",
    "休止",
    "pause until 2027-04-31",
    "休止 2027-13-01 まで",
    "pause until the weekend",
    "pause until 1/8",
    "pause until 8/1/2027",
    "一時停止",
    "しばらく休止",
    "満月まで休止",
    "pause until 30 February",
    "休止 しばらく",
    "2月30日まで休止",
  ])("%s asks back for the day, since it names none that exists", (text) => {
    expect(read(text)).toEqual({ name: "pause", until: undefined });
  });

  // A word for a rest and a day that is none are somebody's own words, unless both are there.
  it.each(["外来休止", "会議まで停止", "抗凝固薬を休止"])("%s is no pause", (text) => {
    expect(read(text)).toBeUndefined();
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
    ["Language: Japanese", "ja"],
    ["switch to English", "en"],
    ["in Japanese, please", "ja"],
    ["日本語でお願いします", "ja"],
    ["言語を英語に変更", "en"],
    ["英語に切り替えて", "en"],
    ["言語を変更", undefined],
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
    "until the patient is stable",
    "抜管まで鎮静を停止",
    "造影CTまで",
    "薬の停止を提案する",
    "restart compressions early",
    "later signs of shock",
    "remind me to check the drip",
    "データを集めてから考える",
    "目標を患者さんと決める",
    "聞いて",
    "start antibiotics within an hour",
    "",
  ])("“%s” is none, but somebody's own words", (text) => {
    expect(read(text)).toBeUndefined();
  });
});
