import type { settingUp as english } from "./setting-up-en.ts";

/** 開始前に研修担当者が読む文と、ほかの人が読む文 */
export const settingUp: typeof english = {
  notification: "プログラムの準備ができました。開始をお待ちしています。",
  title: "Attuneを始める前に",
  hello: (name, program) =>
    `${name}、Attuneです。${program}の研修医と指導医に、勤務の前後で数タップの質問をお届けします。今のところ、研修担当者以外には何も送っていません。研修担当者のどなたかが「開始する」を押すまで、ほかの人には送りません。`,
  people: "名簿",
  peopleOf: (residents, attendings) => `研修医${residents}人、指導医${attendings}人`,
  reached: "送信できる人",
  all: (count) => `${count}人全員`,
  notFound: (names) => `${names}はメールアドレスと一致するアカウントがありません`,
  someFound: (found, all) => `${all}人中${found}人`,
  notLooked: (count) => `未確認${count}人`,
  shifts: (span) => `勤務（${span}）`,
  shiftsOf: (count, people) => (count === 0 ? "まだありません" : `${people}人、${count}件`),
  unknown: "名簿と一致しない名前",
  troubled: "勤務表を読み取れません。「勤務表」と送ると理由を確認できます。",
  sample: (date) => `${date}に届く予定のもの`,
  sampleLine: (time, name, what) => `${time}　${name}：${what}`,
  firstAsked:
    "その前に、参加するかどうかを一人ずつ一度だけお尋ねします。最初の勤務の2日前、過ぎている場合はすぐに届きます。",
  howTo:
    "直すところがあれば、勤務表か名簿のファイルをここに送るか、「名簿」と送ってください。この表示も更新されます。",
  noPeople: "研修医も指導医もまだ登録されていません。名簿のファイルを送るか、「名簿」と送ってください。",
  noShifts: "これからの勤務がまだありません。勤務表のファイルを送ってください。",
  start: "開始する",
  sure: (people) =>
    `${people}人に、参加するかどうかをお尋ねします（最初の勤務の2日前、過ぎている場合はすぐに）。開始しますか。`,
  notNow: "今はしない",
  look: "最新の状態を見る",
  try: "メッセージを試す",
  started: (who, when) =>
    who === ""
      ? "Attuneは開始しています。"
      : `${who}が開始しました（${when}）。最初の勤務の2日前に、参加するかどうかを一人ずつお尋ねします。次に届くものは「なぜ 名前」で確認できます。`,
  again: (who, when) =>
    who === "" ? "すでに開始しています。" : `すでに開始しています（${who}、${when}）。何も変更していません。`,
  administrator: "Attuneの管理者",
  notYet: (program) =>
    `${program}では、Attuneはまだ始まっていません。始まると最初の勤務の前に届きます。今は何もする必要はありません。`,
  tryWhich: "どのメッセージを見ますか。試している間の操作は何も変えず、保存もしません。",
  trial: (name) => `お試し：${name}が読む画面です。保存はしません。`,
  tapped: "お試しのため、何も保存せず、誰にも伝わりません。",
  another: "ほかのものを試す",
  noTrial: "一緒の勤務がある研修医と指導医がまだいないため、お見せできません。先に勤務表を送ってください。",
  example: "一例で、検査を出す前に方針を説明する",
  trials: {
    consent: "参加の確認",
    goal: "勤務前の目標",
    plan: "指導医の進め方",
    both: "お二人の回答",
    debrief: "勤務後の振り返り",
    "check-in": "一週間の振り返り",
  },
};
