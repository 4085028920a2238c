import type { why as english } from "./why-en.ts";

const LIMITS =
  "送信を控えました：このプログラムで決めた質問回数の上限（program.yamlのpolicy）によるものです。次の質問は予定どおり届きます";
const REFUSED =
  "送信できませんでした：送信先のサービスがメッセージを受け付けませんでした。原因と対処はAttuneのログと「attune doctor」で確認できます";
const NO_LONGER = "送信していません：勤務表の変更により不要になりました。必要な場合は勤務表を直してください";
const BACK = "ご本人がAttuneに「再開」と送ると再び始まります";

const BEYOND =
  "送信を控えました：このプログラムで決めた質問回数の上限によるものです。次の質問は予定どおり届きます";
const TURNED_AWAY =
  "送信できませんでした：送信先のサービスがメッセージを受け付けませんでした。Attuneの管理者にお知らせください";

export const why: typeof english = {
  kinds: {
    greeting: "開始前の準備",
    consent: "参加の確認",
    research: "研究",
    "shift-goal": "目標の質問",
    "shift-plan": "指導プランの質問",
    "shift-debrief": "振り返りの質問",
    "shift-reveal": "回答がそろったお知らせ",
    "pair-check-in": "週の振り返り",
    "attending-digest": "週のまとめ",
    "coordinator-digest": "プログラムのまとめ",
    "file-taken-over": "ファイルの切り替えのお知らせ",
    "whose-account": "アカウントの確認",
    "rotation-summary": "ローテーションのまとめ",
  },
  fates: {
    ahead: "これから届きます",
    waiting: "送信の時刻を過ぎています。Attuneが動いていて送信先が応答すれば、すぐに届きます",
    shown: "この時刻から、チャットまたはホームに表示されています",
    unsent:
      "送信していません：Attuneが動いていないか送信先に届かないうちに、受付時間が過ぎました。どちらかはログで確認できます",
    theirs: "振り返る内容がある場合にだけ届きます。届いたかどうかは、ご本人以外にはお伝えしません",
  },
  reasons: {
    stopped: `送信していません：参加していないか、停止中です。${BACK}`,
    paused: `送信していません：一時停止中でした。期日に自動で再開します。早める場合は、${BACK}`,
    "back-off": LIMITS,
    "month-cap": LIMITS,
    "day-cap": LIMITS,
    "week-cap": LIMITS,
    unasked: LIMITS,
    agreed: "送信していません：すでに参加に同意済みで、あらためてお尋ねする必要がありませんでした",
    "asked-elsewhere":
      "送信していません：兼務先のプログラムから参加の確認が届きます。「--program」で兼務先を指定して確認してください",
    "consent-open": "送信を控えています：まだ参加への同意がありません。受付時間内に同意があれば届きます",
    late: "送信していません：勤務開始から時間がたち過ぎていました。勤務が終わるまではホームから回答できました",
    "nothing-to-ask": "送信していません：お尋ねすることもお知らせすることもありませんでした。対応は不要です",
    roster: NO_LONGER,
    recalled: NO_LONGER,
    "left-program":
      "送信していません：名簿にないか、名簿の登録が別の人に変わった可能性があります。名簿の行を戻すか、「attune doctor」で確認してください",
    "no-address":
      "送信できませんでした：アカウントがわかりません。Attuneを開いてもらうか、people.csvにメールアドレスまたはアカウントを書いてください",
    unreachable:
      "送信できませんでした：このアカウントには送れません（退会、ブロック、またはAttuneをまだ開いていません）。Attuneを開いてもらうか、people.csvのアカウントを直してください",
    rejected: REFUSED,
    gone: REFUSED,
    config: REFUSED,
    ambiguous:
      "届いたかどうか不明で、再送はしません：送信中に接続が切れました。届いていない場合も、ホームから回答できます",
  },
  absent: {
    "not-started":
      "送信の予定はありません：プログラムがまだ始まっていません。研修担当者が最初の案内で「開始する」を押すか、「attune start-program」で始まります",
    "on-leave": "送信の予定はありません：勤務表で休暇になっています。誤りであれば勤務表を直してください",
    "off-rotation":
      "送信の予定はありません：ローテーションの期間外か、対象の研修医ではありません。対象であれば、program.yamlのrotationsを直してください",
    "takes-no-part": `送信の予定はありません：参加していないか、停止中です。${BACK}`,
    "no-partner":
      "送信の予定はありません：一緒に働く時間が十分な研修医がいません。いる場合は、勤務表を確認してください",
    paused: `送信の予定はありません：一時停止中です。期日に自動で再開します。早める場合は、${BACK}`,
    limits:
      "送信の予定はありません：このプログラムで決めた質問回数の上限（program.yamlのpolicy）によるものです。次の質問は予定どおり届きます",
    "not-planned":
      "まだ予定に入っていません：Attuneが動いていれば、変更から1分以内に入ります。入らない場合はログを確認してください",
  },
  coordinators: {
    "back-off": BEYOND,
    "month-cap": BEYOND,
    "day-cap": BEYOND,
    "week-cap": BEYOND,
    unasked: BEYOND,
    limits:
      "送信の予定はありません：このプログラムで決めた質問回数の上限によるものです。次の質問は予定どおり届きます",
    rejected: TURNED_AWAY,
    gone: TURNED_AWAY,
    config: TURNED_AWAY,
    unsent:
      "送信していません：Attuneが動いていないか送信先に届かないうちに、受付時間が過ぎました。原因はAttuneの管理者にお尋ねください",
    "asked-elsewhere":
      "送信していません：兼務先のプログラムから参加の確認が届きます。兼務先の研修担当者にお尋ねください",
    "left-program":
      "送信していません：名簿にないか、名簿の登録が別の人に変わった可能性があります。「名簿」と送ると確認できます",
    "no-address":
      "送信できませんでした：アカウントがわかりません。Attuneを開いてもらうか、「名簿 名前」と送ってメールアドレスを登録してください",
    unreachable:
      "送信できませんでした：このアカウントには送れません（退会、ブロック、またはAttuneをまだ開いていません）。Attuneを開いてもらうか、「名簿 名前」と送ってメールアドレスを直してください",
    "off-rotation":
      "送信の予定はありません：ローテーションの期間外か、対象の研修医ではありません。対象であれば、Attuneの管理者にお知らせください",
    "not-planned":
      "まだ予定に入っていません：変更から1分ほどかかります。それ以上かかる場合は、Attuneの管理者にお知らせください",
    "not-started":
      "送信の予定はありません：プログラムがまだ始まっていません。「ホーム」と送り、「開始する」を押すと始まります",
  },
  participation: {
    agreed: "参加しています。",
    unasked: "まだ参加への同意がありません。同意があるまで、ほかのメッセージは届きません。",
    declined: `参加していません。${BACK}。`,
    stopped: `停止中です。${BACK}。`,
    left: "名簿にないため、何も届きません。",
    reused: "名簿の登録が別の人に変わった可能性があるため、Attuneの管理者が確認するまで何も届きません。",
  },
  paused: (until) => `${until}まで一時停止中です。`,
  title: (name, date, zone) => `${name}、${date}（時刻は${zone}）`,
  account: (account, platform) => `送信先：${account}（${platform}）`,
  byEmail: (email) => `送信先：${email}のメールアドレスをもつアカウント`,
  nowhere: "アカウントもメールアドレスもわからないため、何も送れません。",
  nothing: "この日に届く予定のものはありません（勤務も週のメッセージもありません）。",
  row: (what, about, fate) => `${about === "" ? what : `${what}（${about}）`}：${fate}`,
  next: (moment, what) => `次：${moment}、${what}`,
  about: (name) => `きょうの${name}へのメッセージ`,
  takes: "メッセージを受け取っています。",
  takesNone: "いまはメッセージを受け取っていません。",
  tookNone: "送らず：いまはメッセージを受け取っていません",
  sendNow: "今すぐ送る",
  sendable: (moment, what) => `${moment}の予定：${what}。今すぐ送ることもできます。`,
  sentNow: "1分以内に届きます。",
  notSentNow: "今は送りませんでした。すでに届いているか、今は送れない時間です。",
  never: "答えたかどうかは、誰にも伝えません。",
  whom: (name) => `名簿に「${name}」という人は見当たりません。名簿にあるとおりの氏名を入力してください。`,
  which: (people) => `同じ名前の人が複数います（${people}）。名簿にあるとおりの氏名を入力してください。`,
  noNext: "次：予定はありません。",
};
