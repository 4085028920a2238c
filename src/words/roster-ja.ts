import type { roster as english } from "./roster-en.ts";

const ADMINISTRATOR = "Attuneの管理者";
const WHOLE_DAYS = "日付は「2026-12-05」のように、重複や抜けがないように記入してください。";
const WEEKDAYS = "その月の表かどうか、曜日が日付と合っているかをご確認ください。";
const FORMS =
  "読み込めるのは、勤務1回を1行に書いた表、縦に氏名・横に日付を並べた表、日付ごとに氏名を書いた当直表、カレンダーのファイルです。";
const ONE_ROLE = "役割は、勤務ごとに研修医か指導医のどちらか一つを記入してください。";
const ENDS = "開始か終了を訂正してください。";
const HEADINGS = `見出しを直してください。別の見出しは${ADMINISTRATOR}が設定できます。`;
const BY_ITSELF = "自動的に読み込み直します。";

/** どう直せるか */
const mends: typeof english.mends = {
  nobody: "名前は名簿のとおりに記入してください。",
  ambiguous: "氏名か職員番号で記入してください。",
  empty: "日付、開始、終了を記入してください。",
  "no-time": "時刻は「8:30」のように記入してください。",
  "no-date": `${WHOLE_DAYS}${WEEKDAYS}`,
  "another-weekday": WEEKDAYS,
  "missing-day": "抜けた列を戻してください。誰も勤務しない日は、空の列でかまいません。",
  "missing-row": "抜けた行を戻してください。誰も勤務しない日は、空の行でかまいません。",
  "ambiguous-date": `${WHOLE_DAYS}月と日の順序は${ADMINISTRATOR}が設定できます。`,
  order: ENDS,
  "too-long": ENDS,
  "whole-day": "開始と終了の時刻、または休みであることを記入してください。",
  "unknown-code": `表の下に「日 8:00～16:30」のように時間を書き添えてください。${ADMINISTRATOR}が設定することもできます。時刻そのものは、勤務1回を1行に書いた表であれば読み込めます（横に日付を並べた表のセルでは読み込めません）。`,
  "unknown-duty": `見出しか表の下に「当直 17:00～8:30」のように時間を書き添えてください。${ADMINISTRATOR}が設定することもできます。`,
  zone: "勤務表のタイムゾーンを訂正してください。",
  "two-readings": "一通りに読めるように書き直してください。",
  "no-role": ONE_ROLE,
  "two-roles": ONE_ROLE,
  "not-their-role": "勤務表の役割を訂正するか、「名簿」と氏名を送って、その役割を加えてください。",
  "meets-nothing": "カレンダーに元の勤務があるかどうかをご確認ください。",
  tentative: `カレンダーで確定してください。仮の予定の扱いは${ADMINISTRATOR}が設定できます。`,
  "not-sure": `確定したら、その語を消してください。こうした勤務の扱いは${ADMINISTRATOR}が設定できます。`,
  rule: "この勤務は一回ずつ登録してください。",
  "no-start": "開始時刻を記入してください。",
  "broken-line": "セルの数が見出しと合うように、この行を直してください。",
  "cut-short": "ファイルを保存し直し、全体を送ってください。",
  column: HEADINGS,
  hidden: "表示するか、削除してください。",
  "no-column": HEADINGS,
  "not-a-roster": `${FORMS}表ごとに別のファイルに分けて送ってください。`,
  "two-tables": "表ごとに別のファイルに分けて送ってください。",
  "no-day": "その行に日付を記入してください。変更は、当直などの欄そのものに書いてください。",
  "noted-day": "勤務する人は当直などの欄そのものに書き、備考に氏名を書かないでください。",
  "made-one": "当てはまるセルのそれぞれに書いてください。",
  "no-heading": "見出しに当直などの名前を記入してください。",
  open: "勤務する人を記入するか、空欄にしてください。",
  "which-sheet": "そのシートだけのファイルを送ってください。",
  "hidden-sheet": "必要なシートであれば、再表示してください。",
  "empty-sheet": "勤務があるはずであれば、記入してください。",
  "old-sheet": "必要なシートであれば、名前を変えてください。",
  "days-twice": "同じ日は一つのシートだけに書くか、同じ内容にしてください。",
  "no-month": "表の上に年と月を記入してください。",
  letters: "文字コードを選び直して保存してください。",
  "not-fetched": BY_ITSELF,
  "not-there": BY_ITSELF,
  "too-much": "1か月分などに分けて送ってください。",
  more: "ほかの箇所を直すと表示されます。",
};

export const roster: typeof english = {
  mends,
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
    "no-date": (text) => `「${text}」を日付として扱えません`,
    "another-weekday": (text) => `「${text}」は日付でないか、曜日が合いません`,
    "missing-day": (days) =>
      `見出しに${days.replaceAll(", ", "、")}がありません。その日の勤務は読み取りも取り消しもしません`,
    "missing-row": (days) =>
      `日付に${days.replaceAll(", ", "、")}がありません。その日の勤務は読み取りも取り消しもしません`,
    "ambiguous-date": (text) => `「${text}」は月と日の順序がわかりません`,
    order: () => "終了が開始より後になっていません",
    "too-long": () => "一回の勤務としては長すぎます",
    "whole-day": (text) =>
      text === "" ? "時刻のない日付だけの勤務です" : `「${text}」は終日の予定で、休みとは書かれていません`,
    "unknown-code": (text) => `「${text}」という勤務記号の時間がわかりません`,
    "unknown-duty": (text) => `「${text}」という勤務の時間がわかりません`,
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
    "not-sure": (text) => `「${text}」はまだ確定していません`,
    rule: () => "繰り返しの設定を読み取れません",
    "no-start": () => "開始時刻がありません",
    "broken-line": () => "行の形式が崩れています",
    "cut-short": () => "ここから始まる項目の終わりがありません。ファイルが途中で切れている可能性があります",
    column: (text) => `「${text}」の列が重複しているか、認識できません`,
    hidden: (text) => `${text}の行・列・セルが非表示か、取り消し線で消されています`,
    "no-column": (text) => `「${text.replaceAll(", ", "」「")}」の列がありません`,
    "not-a-roster": () => "想定した形式の勤務表ではありません",
    "two-tables": (line) => `ここから別の表が始まっています（もう一つの表は${line}行目から）`,
    "no-day": (text) => `「${text}」に氏名がありますが、どの日のことかわかりません`,
    "noted-day": (text, people) =>
      people === ""
        ? `備考「${text}」で勤務が変わっている可能性があるため、この日は読み取りませんでした`
        : `備考「${text}」で勤務が変わっている可能性があるため、${people}の勤務はすべて読み取りませんでした`,
    "made-one": (text) => `「${text}」は結合されたセルのため、最初のセルだけを読み取りました`,
    "no-heading": () => "氏名がありますが、見出しに何の勤務か書かれていません",
    open: (text) => `「${text}」では勤務する人が決まっていません`,
    "which-sheet": (sheets) => `どのシートが勤務表か決められません（${sheets.replaceAll("/", "、")}）`,
    "hidden-sheet": (sheet) => `シート「${sheet}」は非表示のため、読み取りませんでした`,
    "empty-sheet": (sheet) => `シート「${sheet}」には勤務がありません`,
    "old-sheet": (sheet) =>
      `シート「${sheet}」は、名前から旧版・案・ひな形と考えられるため、読み取りませんでした`,
    "days-twice": (days) => `${days}が二つのシートにあり、内容が食い違うため、どちらも読み取りませんでした`,
    "no-month": () => "何月の勤務表か書かれていません",
    letters: () => "文字化けしている箇所があります",
    "not-fetched": () => "まだ読み込まれていません",
    "not-there": () => "現在読み込めません",
    "too-much": () => "勤務表としては大きすぎるか、繰り返しが多すぎます",
    more: (count) => `ほかにも読み取れない箇所が${count}件あります`,
  },
};
