import type { roster as english } from "./roster-en.ts";

export const roster: typeof english = {
  title: "勤務表",
  trouble: (name, since) =>
    `${name}は${since}から読み込めていません。最後に読み込んだ内容をそのまま使っています。`,
  passes: "自動的に読み込み直します。",
  mend: "Attuneの管理者による対応が必要です。理由は稼働状況のページにあります。",
  doubts: {
    names: (people, shifts) =>
      `勤務表に名簿と一致しない名前があり、${people}の今後の勤務${shifts}件が消えることになります。予定はこれまでのままにしています。`,
    many: (people, shifts) =>
      `今後の勤務${shifts}件が一度に消えることになります（${people}）。これまでの予定をそのまま使っています。`,
    people: (people, shifts) =>
      `名簿に${people}が見当たりませんが、今後の勤務が${shifts}件あります。予定はこれまでのままにしています。`,
  },
  mendDoubt: "勤務表か名簿の名前を直してください。このままで正しい場合は、Attuneの管理者が確定できます。",
  read: "最後に読み込んだ日時",
  shifts: "勤務数",
  people: "勤務が登録されている人",
  peopleOf: (matched, people) => `${people}人のうち${matched}人`,
  account: "読み取りの内訳",
  accountOf: (name, whole, read, passed, leftOut) =>
    `${name}：全${whole}（読み取り${read}、対象外${passed}、読み取れず${leftOut}）`,
  passedOf: (count, why) => (why === "" ? String(count) : `${count}〔${why}〕`),
  ruleOf: (rule, count) => `${rule}${count}`,
  rules: {
    title: "表題",
    header: "見出し",
    weekdays: "曜日",
    name: "行の名前",
    sum: "合計",
    skip: "設定による除外",
    cancelled: "カレンダー上で取り消し",
    draft: "未公開",
    outside: "ローテーション期間外",
    coordinator: "研修担当者の勤務",
    nothing: "勤務なし",
  },
  units: {
    line: (count) => `${count}行`,
    cell: (count) => `${count}セル`,
    event: (count) => `${count}件`,
  },
  leftOut: "読み取れなかった行",
  doubled: "同じ人の勤務の重複",
  withoutShifts: "今後の勤務がない人",
  withoutAttending: "指導医と重ならない勤務",
  shiftOf: (name, span) => `${name}：${span}`,
  leftOutOf: (place, reason) => `${place}：${reason}`,
  hanging: (shifts) => `勤務${shifts}件`,
  perhaps: (people) => `${people}の可能性`,
  hinted: (reason, hanging, perhaps) =>
    `${reason}（${[hanging, perhaps].filter((hint) => hint !== "").join("、")}）`,
  more: (count) => `ほか${count}件`,
  none: "ありません",
  whole: "すべて見る",
  notYet: "勤務表はまだ読み込まれていません。",
  notYours: "勤務表の読み込み結果は研修担当者向けです。ご自身の勤務はホームで確認できます。",
  reasons: {
    nobody: (text) => (text === "" ? "名前が書かれていません" : `「${text}」に当たる人が名簿にいません`),
    ambiguous: (text, people) => `「${text}」が${people}のうち誰のことかわかりません`,
    empty: () => "時刻または日付がありません",
    "no-time": (text) => `「${text}」を時刻として読み取れません`,
    "no-date": (text) => `「${text}」を日付として読み取れません`,
    "ambiguous-date": (text) => `「${text}」は月と日の順序がわかりません`,
    order: () => "終了が開始より後になっていません",
    "too-long": () => "一回の勤務としては長すぎます",
    "whole-day": (text) =>
      text === "" ? "時刻のない日付だけの勤務です" : `「${text}」は終日の予定で、休みとは書かれていません`,
    "unknown-code": (text) => `「${text}」という勤務記号の時間がわかりません`,
    zone: (text) => `「${text}」というタイムゾーンがわからないか、ほかの記載と食い違っています`,
    "two-readings": (text) => `「${text}」は二通りに読み取れます`,
    "no-role": (text) => `「${text}」という役割はありません`,
    "two-roles": (text, person) =>
      text === ""
        ? `${person}の一つの勤務に二つの役割が書かれています`
        : `${person}の勤務の名前「${text}」が二つの役割に当てはまります`,
    "not-their-role": (role, person) => `${person}は名簿で「${role}」になっていません`,
    "meets-nothing": (text) => `「${text}」が取り消す、または変更する勤務が見つかりません`,
    tentative: (text) => `「${text}」はカレンダー上で仮の予定です`,
    rule: () => "繰り返しの設定を読み取れません",
    "no-start": () => "開始時刻がありません",
    "broken-line": () => "行の形式が崩れています",
    "cut-short": () => "ここから始まる項目の終わりがありません。ファイルが途中で切れている可能性があります",
    column: (text) => `「${text}」の列が重複しているか、認識できません`,
    hidden: (text) => `${text}の行・列・セルが非表示か、取り消し線で消されています`,
    "no-column": (text) =>
      `「${text.replaceAll(", ", "」「")}」の列がありません。見出しをこのように直すか、Attuneの管理者に見出しの設定をご依頼ください`,
    "not-a-roster": () => "想定した形式の勤務表ではありません",
    "which-sheet": (sheets) => `どのシートが勤務表か決められません（${sheets.replaceAll("/", "、")}）`,
    "no-month": () => "何月の勤務表か書かれていません",
    letters: () => "文字化けしている箇所があります",
    "not-fetched": () => "まだ読み込まれていません",
    "not-there": () => "現在読み込めません",
    "too-much": () => "勤務表としては大きすぎるか、繰り返しが多すぎます",
    more: (count) => `ほかにも読み取れない箇所が${count}件あります`,
  },
};
