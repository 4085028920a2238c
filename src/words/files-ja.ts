import type { files as english } from "./files-en.ts";

/** ファイルを受け取ったときの文 */
export const files: typeof english = {
  notHere: "ここではファイルを受け取れません。",
  notYours: "勤務表と名簿は、このプログラムのコーディネーターが扱います。何も変更していません。",
  troubles: {
    "too-large": (name) =>
      `${name}は10メガバイトを超えているため読み込んでいません。1か月分などに分けて送ってください。`,
    "sign-in": (name) =>
      `${name}の代わりにサインインのページが届きました。このアプリにはまだファイルを読む権限がありません。Attuneの管理者が許可できます。何も変更していません。`,
    unavailable: (name) => `${name}を取得できませんでした。もう一度送ってください。何も変更していません。`,
    elsewhere: (name) =>
      `${name}は別の場所に保存されているため取得していません。ファイルそのものを送ってください。何も変更していません。`,
  },
  feeds: (names) =>
    `このプログラムの勤務表は公開元から自動で届きます（${names}）。変更は公開元でお願いします。何も変更していません。`,
  same: (name) => `${name}はすでに反映されています。新しく反映するものはありません。`,
  whichRoster: (name) => `${name}はどの勤務表ですか。`,
  gone: "このファイルはもう保存されていません。もう一度送ってください。",
  dropped: (name) => `${name}は反映せず、保存もしていません。すべてこれまでのままです。`,
  title: (name) => `${name}で変わること`,
  holds: (count, people, months) => `${months}、${people}人、勤務${count}件。`,
  holdsPeople: (people) => `全部で${people}人です。`,
  nothing: "いまの内容と同じです。新しく反映するものはありません。",
  changes: (people) => `変更があるのは${people}人`,
  person: (name, what) => `${name}：${what}`,
  countNew: (count) => `追加${count}件`,
  countOff: (count) => `取消${count}件`,
  countMoved: (count) => `変更${count}件`,
  added: (at) => `追加 ${at}`,
  removed: (at) => `取消 ${at}`,
  moved: (from, to) => (from === to ? `変更 ${to}` : `${from}から${to}へ`),
  whole: "すべて見る",
  who: (name, count) => `「${name}」はどなたですか（勤務${count}件）`,
  whoIs: (name) => `「${name}」はどなたですか。`,
  whoTyped: "名簿にあるとおりの氏名",
  nobody: (text) => (text === "" ? "お名前を入力してください。" : `「${text}」は名簿にありません。`),
  somebody: "ほかの人",
  moreNames: (count) => `名簿と一致しない名前があと${count}件あります。上の名前が決まると表示します。`,
  leftOut: (count) => `読み取れなかったため除いたもの（${count}件）：`,
  large: (lost, coming, people) =>
    `今後の勤務${coming}件のうち${lost}件が消えます${people === "" ? "" : `（${people}は全件）`}。正しいファイルかどうかご確認ください。`,
  sure: "予定の多くが消えます。このファイルでよろしいですか。",
  apply: "反映する",
  notNow: "今はしない",
  applied: (name) => `${name}を反映しました。1分以内にメッセージの予定も変わります。1週間は元に戻せます。`,
  appliedBy: (what) => `${what}すでに反映されたファイルです。`,
  whoWhen: (name, who, when) => (who === "" ? `${name}（${when}）。` : `${name}（${who}、${when}）。`),
  movedOn: "表示したあとに変更がありました。いま反映すると次のようになります。",
  undone: (name, before) =>
    `${name}を取り消し、${before}に戻しました。1分以内にメッセージの予定も変わります。`,
  notNewest: (what) => `すでに別のファイルが反映されているため、何も取り消していません。反映中：${what}`,
  nothingBefore: "戻せる前の版がありません。",
  undoLate: "1週間が過ぎたため、このままにします。反映したいファイルを送ってください。",
  unreadable: (name) => `${name}は使えないため、何も変更していません。`,
  shared: "ほかのプログラムのメールアドレスかアカウントが含まれています",
  strangers: (name, names) =>
    `${name}には、このプログラムの人がいません（${names}）。ほかのプログラムのファイルかもしれません。何も変更していません。`,
  ask: {
    sheet: (name) => `${name}のどのシートが勤務表ですか。`,
    month: (name) => `${name}は何月の勤務表ですか。`,
  },
  joined: "新しい人",
  left: "名簿からいなくなる人",
  renamed: "名前の変更",
  addressed: "メールアドレスやアカウントの変更",
  recast: "役割の変更",
  leaves: (name, count) => (count === 0 ? name : `${name}（今後の勤務${count}件）`),
  becomes: (from, to) => `${from}から${to}へ`,
  hasRoles: (name, roles) => `${name}：${roles}`,
  askedLater: "名簿に加わっただけでは何も尋ねません。まず参加するかどうかを本人に確認します。",
  notErased:
    "名簿から外れても記録は消えません。本人のものとして残り、本人が「データを削除」と送ると消えます。",
  inForce: "反映中",
  standing: (what, name, who, when) => `${what}：${name}（${who === "" ? "管理者" : who}、${when}）`,
  people: "名簿",
};
