import { researchJa } from "./research-ja.ts";
import type { Catalogue } from "./en.ts";
import { files } from "./files-ja.ts";
import { people, whose } from "./people-ja.ts";
import { roster } from "./roster-ja.ts";
import { settingUp } from "./setting-up-ja.ts";
import { why } from "./why-ja.ts";

/** 「研修医3人と指導医1人」 */
const wanted = (residents: number, attendings: number): string =>
  [
    ...(residents === 0 ? [] : [`研修医${residents}人`]),
    ...(attendings === 0 ? [] : [`指導医${attendings}人`]),
  ].join("と");

/** What a strategy item asks, from either side, and its answers in words. サポート is no measure of anybody. */
const strategy: Catalogue["strategy"] = {
  help: {
    label: "サポート",
    resident: "どのくらいのサポートがあるとよいですか。",
    attending: (resident) => `${resident}を、どのくらいサポートする予定ですか。`,
    answers: {
      1: "指導医が主導、研修医は見学",
      2: "指導医が主導、研修医は段階的に一部を担当",
      3: "研修医が主導、必要なときは指導医が入る",
      4: "研修医が主導、指導医は近くで見守る",
    },
    short: {
      1: "研修医は見学",
      2: "研修医が一部を担当",
      3: "必要時に指導医が入る",
      4: "指導医は見守り",
    },
  },
  call: {
    label: "相談のタイミング",
    resident: "指導医には、どの段階で相談する予定ですか。",
    attending: (resident) => `${resident}には、どの段階で相談してほしいですか。`,
    answers: {
      1: "判断する前に毎回",
      2: "オーダーや手技の前",
      3: "帰宅・入院を決める前",
      4: "迷ったとき・心配なとき",
    },
    short: {
      1: "判断する前に毎回",
      2: "オーダー・手技の前",
      3: "帰宅・入院の前",
      4: "迷う・心配なとき",
    },
  },
  feedback: {
    label: "フィードバック",
    resident: "フィードバックは、いつ受けたいですか。",
    attending: (resident) => `${resident}へのフィードバックは、いつする予定ですか。`,
    answers: { moment: "その場で", after: "症例ごとに、診療のあとで", end: "勤務の終わりに" },
  },
};

const agreement: Catalogue["agreement"] = {
  1: "そう思わない",
  2: "あまりそう思わない",
  3: "どちらともいえない",
  4: "ややそう思う",
  5: "そう思う",
};

const identifiers: Catalogue["identifiers"] = {
  email: "メールアドレス",
  phone: "電話番号",
  "record-number": "カルテ番号や患者ID",
  "birth-date": "生年月日",
  "full-date": "年月日のそろった日付",
  "age-and-sex": "年齢と性別",
  "room-or-bed": "部屋やベッドの番号",
  address: "住所",
  name: "患者さんと思われるお名前",
  "long-number": "長い番号",
};

/** Every sentence that Attune says, in Japanese: written for the ward, not translated from the English. */
export const ja: Catalogue = {
  name: "日本語",
  you: "ご自身",
  strategy,
  agreement,

  typed: {
    kept: (partner, where, line) => `受け付けました（${where}、${partner}に見えます）：「${line}」`,
    keptAlone: (where, line) => `ご自身だけのメモとして保存しました（${where}）：「${line}」`,
    undone: "取り消しました。何も残していません。",
    undoneTo: (line) => `取り消しました。前に書いた内容に戻しました：「${line}」`,
    undoNothing: "取り消せるものはありません。この10分の間に保存したものはありません。",
    undoLate: "10分を過ぎたため、このまま残ります。質問の受付中は、元のメッセージから変更できます。",
    locked: "受付が終わったか、ペアの先生がそのあとに回答したため、この内容で確定しています。",
    courtesy: "こちらこそ、ありがとうございます。このメッセージは保存していません。",
    hello: (name) => `${name}、お疲れさまです。`,
    nothingKept: "このメッセージは保存していません。",
    choose: "選択肢にない答えのため、保存していません。次の中から選んでください。",
    elsewhere: (label) => `今は「${label}」を使うところがありません。何も保存していません。`,
    several: (label) =>
      `「${label}」に当たるものがいくつかあります。ボタンで選んでください。何も保存していません。`,
    closedAt: (time) => `その質問の受付は${time}に終わったため、保存していません。`,
    closedOn: (moment) => `その質問の受付は${moment}に終わったため、保存していません。`,
    notOpen: "今、文章で答える質問はないため、保存していません。",
    onlyText: "読めるのは文字だけです。ファイルは保存していません。患者さんの写真は送らないでください。",
  },

  buttons: {
    skip: "書かずに進む",
    send: "この内容で送る",
    save: "保存する",
    change: "変更する",
    back: "戻る",
    later: "あとで答える",
    safety: "この勤務は安全を最優先",
    counter: "別の目標を提案する",
    share: "目標の公開範囲",
    help: "使い方",
    home: "ホーム",
    whoSees: "誰に何が見えるか",
    myData: "マイデータ",
    erase: "データを消去する",
    undo: "取り消す",
    cancel: "やめておく",
  },

  labelled: (label, value) => `${label}：${value}`,

  visible: {
    goalCategory: (attendings) => `見える人：${attendings}（目標の分野だけ）。`,
    goalPrivate: "見える人：ご自身だけ。",
    goalNobody: "見える人：ご自身だけ。この時間帯に一緒に働く指導医はいません。",
    pair: (partner) => `見える人：${partner}（お二人の回答がそろってから）。`,
    shared: (partner) => `見える人：${partner}（すぐに届きます）。`,
    chosen: "見える人：選んだ先生（すぐに届きます）。",
    both: (partner) => `見える人：ご自身と${partner}。`,
    self: (residents) =>
      `見える人：ご自身だけ。プログラム全体の集計には、研修医${residents}人以上がそろったときに名前なしで入ります。`,
    trust: (residents, attendings) =>
      `見える人：ご自身だけ。プログラム全体の集計ひとつに、研修医${residents}人・指導医${attendings}人以上がそろったときだけ含まれます。`,
  },

  seenOf: (visible, answers) => `${answers}が${visible}`,
  seenRest: "ほかの回答",
  seenLabel: (label) => `「${label}」`,
  noPatients: "患者さんのことは書かないでください。",

  goal: {
    notification: "この勤務の目標を決めましょう。",
    title: "この勤務の目標",
    note: (label, span) => (label === "" ? span : `${label} · ${span}`),
    with: (attendings) => `指導医：${attendings}`,
    alone: "この時間帯に一緒に働く指導医はいません。目標はご自身のメモになります。",
    question: "何に取り組みたいですか。",
    unfinished: (goal) => `前回の続き：${goal}`,
    same: "前回と同じ",
    lastTime: "前回",
    others: "ほかの目標",
    none: "この勤務では目標を決めない",
    noneSet: "この勤務の目標はなしにしました。勤務が終わるまでは、いつでも決められます。",
    strategyOffer: "サポートの希望を伝える",
    changedAt: (time) => `${time}に変更`,
    line: "この勤務が終わるまでに、やってみたいこと（任意）",
    linePlaceholder: "例：帰宅前の再確認を自分で組み立てる",
    examples: {
      resuscitation: "例：蘇生1例で、最初の5分間を声に出して指揮する",
      history: "例：問診を5分でまとめ、1分でプレゼンする",
      reasoning: "例：検査を出す前に、見逃せない診断を3つ挙げる",
      tests: "例：検査を出す前に、結果で何が変わるかを言葉にする",
      treatment: "例：2例で薬と量を自分で決めてから、指導医に確認する",
      disposition: "例：帰宅の判断と再受診の目安の説明を、1例自分で組み立てる",
      flow: "例：3人を並行して診て、1時間ごとに優先順位を見直す",
      procedures: "例：エコーガイド下の穿刺を、準備から固定まで1回自分で行う",
      explaining: "例：コンサルトの電話を、用件から始めて1分以内で伝える",
      leading: "例：患者さんの到着前に、役割分担のブリーフィングを1回行う",
    },
    lineOther:
      "この勤務が終わるまでに、できるようになりたいこと・やってみたいことを、自分の言葉で書いてください。",
    share: "目標をどこまで共有しますか。",
    shares: {
      full: "目標と自分の一言",
      category: "目標の分野だけ",
      private: "自分だけが見る",
      alone: "今のところご自身だけ",
    },
    saved: "目標が決まりました。",
    waiting: (attendings) => `${attendings}の回答を待っています。`,
    label: "目標",
    lineLabel: "この勤務が終わるまでに",
    shareLabel: "公開範囲",
    countered: (attending, goal) => `${attending}から目標の提案があります：${goal}`,
    counteredWhy: (attending) => `${attending}の理由`,
    suggestion: "提案された目標をどうしますか。",
    suggestions: { taken: "この目標に変える", kept: "自分の目標のままにする" },
    suggestionLabel: "提案された目標",
    adopted: "この目標に変えました。",
    keptOwn: "ご自身の目標のままにしました。",
  },

  plan: {
    notification: "この勤務を、どう一緒に進めますか。",
    title: "この勤務の進め方",
    with: (residents) => `研修医：${residents}`,
    goalOf: (resident) => `${resident}が取り組みたいこと`,
    noGoal: (resident) => `${resident}から共有された目標は、今のところありません。`,
    scope: (count) => `研修医${count}人分を、まとめて回答しますか。`,
    scopes: { all: "全員まとめて答える", each: "一人ずつ答える" },
    scopeLabel: "答え方",
    everyone: "研修医の先生方",
    counter: (resident) => `${resident}に、どの目標を提案しますか。`,
    countered: "提案した目標",
    why: (resident) => `${resident}への理由を一言（任意）`,
    whyLabel: "その理由",
    whyPlaceholder: "例：このところ、この症例が多いので",
    whyOffer: "理由を書く",
    taken: (resident) => `${resident}は、提案された目標に変えました。`,
    kept: (resident) => `${resident}は、ご自身の目標のままにしました。`,
    safetyLabel: "進め方",
    safetyConfirm: (residents) =>
      `三つの質問への回答に代わり、${residents}にも伝わります。お二人の回答がそろうと、変更できません。`,
    safetyYes: "安全を最優先にする",
    saved: "進め方の回答を受け付けました。",
    waiting: (residents) => `${residents}の回答を待っています。`,
  },

  lastTime: {
    open: (item) => `前回からのすり合わせポイント（${item}）`,
    settled: (item) => `決めたこと（${item}）`,
    happened: "前回の実際のサポート",
    happenedOn: (date) => `${date}の実際のサポート`,
  },

  debrief: {
    notification: "勤務おつかれさまでした。30秒の振り返りです。",
    title: "勤務の振り返り",
    again: (date, partner) => `${date}の${partner}との勤務の振り返り`,
    goalOf: (resident) => `${resident}の目標`,
    outcome: (goal) => `「${goal}」に取り組めましたか。`,
    outcomeOf: (resident, goal) => `${resident}は「${goal}」に取り組めましたか。`,
    outcomes: {
      yes: "取り組めた",
      partly: "一部取り組めた",
      "no-chance": "機会がなかった",
      changed: "目標が変わった",
    },
    outcomeLabel: "目標への取り組み",
    outcomeOfAll: "研修医の先生方は、それぞれの目標に取り組めましたか。",
    outcomeOfSeveral: (resident) => `${resident}は、上の目標に取り組めましたか。`,
    scope: (count) => `研修医${count}人分を、まとめて振り返りますか。`,
    to: "目標は何に変わりましたか。",
    toLabel: "変わったあとの目標",
    toLine: "新しい目標を、よければ一言で書いてください。",
    toLineOther: "新しい目標を、自分の言葉で書いてください。",
    toLineLabel: "その内容",
    feedback: "目標についてのフィードバックはありましたか。",
    feedbackFor: (resident) => `${resident}の目標について、フィードバックの機会はありましたか。`,
    feedbacks: { yes: "あった", "not-yet": "まだ", "not-needed": "必要なかった" },
    feedbackLabel: "目標へのフィードバック",
    youWanted: "ご自身の希望",
    youPlanned: "ご自身の予定",
    wanted: (resident) => `${resident}の希望`,
    planned: (attending) => `${attending}の予定`,
    happened: "実際のサポートは、どのくらいでしたか。",
    happenedWith: (resident) => `${resident}を、実際にはどのくらいサポートしましたか。`,
    happenedLabel: "実際のサポート",
    whom: "よければ一言どうぞ。どなたに届けますか。",
    whomLabel: "一言の届け先",
    whomAll: "全員に",
    whomNobody: "書かない",
    note: (partner) => `${partner}への一言があれば、どうぞ。`,
    notePlaceholder: "よかったこと、次に試したいこと",
    noteLabel: "ご自身の一言",
    noteFrom: (partner) => `${partner}からの一言`,
    saved: "ありがとうございます。この勤務の振り返りはこれで終わりです。",
    savedOpen: "ありがとうございます。進め方について、まだ決めていないことがあります。",
    waiting: (partner) => `${partner}の回答を待っています。`,
  },

  reminder: (what, moment) => `${what}：回答は${moment}まで`,

  checkIn: {
    again: (partner) => `${partner}との一週間（Attune独自の三つの質問）`,
    notification: "一週間の振り返りです。",
    title: (partner) => `${partner}との一週間`,
    about: (partner, statement) => `${partner}との一週間：${statement}`,
    note: (from, to) => `${from}〜${to}`,
    unvalidated:
      "次の三つはAttune独自の質問で、妥当性は検証されていません。話すきっかけのためのもので、採点や順位づけには使いません。",
    goal: "二人で同じ学習目標に向かって取り組めました。",
    strategyResident: "任された範囲とフィードバックのタイミングは、自分の学びに合っていました。",
    strategyAttending: "任せた範囲とフィードバックのタイミングは、研修医の学びに合っていました。",
    trustResident: "「わかりません」「手を貸してください」と言えました。",
    trustAttending: "「わかりません」「手を貸してください」と言いやすい雰囲気をつくれました。",
    labels: {
      "week-goal": "同じ目標",
      "week-strategy": "学びに合った進め方",
      "week-trust": "助けの求めやすさ",
    },
    next: (partner) => `次の勤務でひとつ試したいことがあれば、${partner}へ一言どうぞ。`,
    nextPlaceholder: "小さなことをひとつ",
    nextLabel: "次に試したいこと",
    nextFrom: (partner) => `${partner}からの、次の勤務への提案`,
    support: (whom) =>
      `助けの求めやすさについて誰かに話したいときは：${whom}。この文はご自身だけに見えています。`,
    anybody: "チーフレジデント、研修担当者、または話しやすい方",
    saved: "一週間の振り返りを受け付けました。",
    waiting: (partner) =>
      `${partner}の回答を待っています。最初の二問は、お二人の回答がそろったら並べてお見せします。`,
  },

  reveal: {
    directions: {
      safety: { safety: "患者さんの安全が最優先の勤務です。研修医は主導することを希望していました。" },
      help: {
        less: "希望よりも、予定されているサポートのほうが少なめです。",
        more: "希望よりも、予定されているサポートのほうが多めです。",
      },
      call: {
        less: "研修医が考えているよりも、指導医は遅い段階での相談を想定しています。",
        more: "研修医が考えているよりも、指導医は早い段階での相談を想定しています。",
      },
      feedback: { different: "フィードバックのタイミングが、希望と予定で異なります。" },
      happened: {
        less: "実際のサポートは、二人が考えていたよりも少なめでした。",
        more: "実際のサポートは、二人が考えていたよりも多めでした。",
      },
      "week-goal": {
        different: "その週の受けとめ方が、お二人で異なります。",
        low: "その週は、お二人とも、同じ学習目標に向かえたとは感じていません。",
      },
      "week-strategy": {
        different: "その週の受けとめ方が、お二人で異なります。",
        low: "その週は、お二人とも、進め方が学びに合っていたとは感じていません。",
      },
    },
    starters: {
      safety: {
        safety:
          "「この勤務で安全を最優先にするのはどんなところで、どこなら研修医が主導できそうでしょうか。」",
      },
      help: {
        less: "「安全のために、今日はどの場面を一緒にやるか、先に決めておきませんか。」",
        more: "「今日、一例だけ研修医主導でやってみるとしたら、どの症例がよさそうですか。」",
      },
      call: {
        less: "「どんなに忙しくても、先に進む前に必ず話しておきたい場面はどこでしょうか。」",
        more: "「必ず先に相談することと、あとの報告でよいことを、一つずつ決めておきませんか。」",
      },
      happened: {
        less: "「どの場面でもう少しサポートがあると安全だったでしょうか。次はどうしましょうか。」",
        more: "「研修医が主導しにくかったのはどんなところでしょうか。次は何を試してみましょうか。」",
      },
      feedback: {
        different: "「フィードバックの1分は、いつとりましょうか。どちらから声をかけましょうか。」",
      },
      "week-goal": {
        different: "「先日ご一緒した週に、それぞれ何を目指していたか、一言ずつ話してみませんか。」",
        low: "「次の勤務では、二人でどの目標を意識しましょうか。」",
      },
      "week-strategy": {
        different:
          "「先日ご一緒した週に、もっとサポートがほしかった場面か、もっと任せてよかった場面を、一つ挙げてみませんか。」",
        low: "「次の勤務で、お互いに一つずつ変えるとしたら、何がよいでしょうか。」",
      },
    },
    minute: "1分、話してみませんか。",
    safety: "この勤務は患者さんの安全を最優先",
    same: "お二人の回答は同じです。",
    told: (partner) => `${partner}も回答しました。`,
    open: "すべての回答を見る",
    both: "お二人の回答がそろいました。",
    bothWithGap: "お二人の回答がそろいました。1分だけ話してみませんか。",
  },

  settle: {
    question: (item) => `話して、どう決めましたか。（${item}）`,
    safety: "安全を最優先",
    since: (partner, direction) => `${partner}との進め方から：${direction}`,
    with: (partner) => `${partner}と決めたこと`,
    apart: "それぞれの答えのまま",
    ownWords: "自分たちの言葉で書く",
    line: (item) => `決めたことを、一言で書いてください。（${item}）`,
    linePlaceholder: "どの場面を誰が主導するか、いつにするか",
    tell: "この内容にする",
    written: (line) => `「${line}」`,
    label: (item) => `決めたこと：${item}`,
    said: (value, name, time) => `${value}（${name}、${time}）`,
    talked: "話しました",
    closed: "その勤務の振り返りが終わったため、決めたことはこのまま残ります。",
  },

  digest: {
    notification: "Attuneから一週間のまとめです。",
    title: "研修医との一週間",
    week: (from, to) => `${from}〜${to}`,
    goals: "目標",
    goalWith: (goal, outcome) => `${goal}（${outcome}）`,
    outcomes: {
      yes: "取り組めた",
      partly: "一部取り組めた",
      "no-chance": "機会がなかった",
      changed: "目標が変わった",
    },
    noOutcome: "振り返りは未回答",
    onShifts: (outcome, count) => `${outcome}・${count}回`,
    settled: (labels) => `決めたこと：${labels}`,
    residentOn: (resident, when) => `${resident}・${when}`,
    alsoOpen: "ほかのすり合わせポイント",
    others: "次の勤務で会うほかの研修医",
    wish: (wish) => `次の勤務への提案：「${wish}」`,
    action: (resident, item, isNow) =>
      `${isNow ? "この勤務の初めに" : "次にご一緒する勤務の前に"}：${resident}と「${item}」について、まず1分すり合わせてみませんか。`,
    actionGoal: (resident, goal, isNow) =>
      `${isNow ? "この勤務の初めに" : "次にご一緒する勤務の前に"}：「${goal}」の機会をどうつくれそうか、${resident}に聞いてみませんか。`,
    actionSettled: (resident, item, isNow) =>
      `${isNow ? "この" : "次にご一緒する"}勤務の初めに：「${item}」について決めたことを、${resident}と確かめてみませんか。`,
    actionWish: (resident, isNow) =>
      `${isNow ? "この" : "次にご一緒する"}勤務で：${resident}からの提案を試して、どうだったか聞いてみませんか。`,
    actionFeedback: (resident, isNow) =>
      `${isNow ? "この" : "次にご一緒する"}勤務の初めに：フィードバックの1分をいつとるか、${resident}と決めてみませんか。`,
    actionNext: (resident, isNow) =>
      `${isNow ? "この" : "次にご一緒する"}勤務の初めに：今いちばん取り組みたい目標を、${resident}に聞いてみませんか。`,
    rate: (answered, asked) => `この週は${asked}件中${answered}件にご回答いただきました。`,
    noAsks: "この週は、質問はありませんでした。",
    visible: "見える人：ご自身だけ。研修医が共有した内容と、お二人が答えた内容だけを載せています。",
  },

  rotation: {
    open: "私のローテーション",
    notification: "ローテーションのまとめです。",
    title: "ローテーションのまとめ",
    goals: "週ごとの目標",
    noGoals: "このローテーションで決めた目標はありません。",
    help: "勤務ごとのサポート",
    helpLately: (count) => `直近${count}回の勤務のサポート`,
    wanted: "希望",
    settled: "決めたこと",
    happened: "実際",
    key: (low, high) => `${low} 〜 ${high}`,
    helpIsNoMeasure:
      "どのくらいのサポートが合うかは、患者さんやその日の状況によって変わります。力量を示すものではありません。",
    feedback: "目標へのフィードバック",
    shifts: (count) => `${count}回`,
    lines: "指導医からの一言",
    linesLately: (count) => `指導医からの一言（最近の${count}件）`,
    trust: "助けの求めやすさ：ご自身の回答",
    visible: "見える人：ご自身だけ。",
    notResident: "「私のローテーション」は、研修医のためのページです。",
    notYet: "ローテーションはまだ始まっていません。始まると、目標とその後の様子がここに並びます。",
  },

  coordinator: {
    notification: "Attuneからプログラムの一週間のまとめです。",
    title: "プログラムのまとめ",
    week: (note) => `この週：${note}`,
    sinceStart: "開始からの累計",
    arrived: "問題なく送信できたメッセージ",
    arrivedOf: (arrived, due) => `予定${due}件のうち${arrived}件`,
    failures: "届いていない可能性のあるメッセージ",
    failure: (reason, count, names) => `${reason}：${count}件（${names}）`,
    noFailures: "ありません",
    notAgreed: "勤務表にあり、参加への同意がまだの人",
    unreached: "勤務表にあり、まだ連絡がつかない人",
    nobody: "いません",
    both: "研修医と指導医の両方が答えた割合",
    goals: "共有された目標（研修医の振り返り）",
    closed: "取り組めた",
    partly: "一部取り組めた",
    atLeastPartly: "取り組めた、または一部取り組めた",
    feedback: "フィードバックがあった",
    categories: "その目標の分野（マイルストーン）",
    gaps: "回答が2段階以上違った割合",
    settled: "2段階以上違ったうち、二人で決めた割合",
    easy: "助けを求めやすい（「ややそう思う」以上）",
    milestones: (category, codes) => `${category}（${codes}）`,
    otherCategories: "そのほかの分野：それぞれ1割未満",
    share: (percent) => (percent < 10 ? "1割未満" : percent > 90 ? "9割を超える" : `${percent}%`),
    cases: {
      shifts: (count) => `回答のあった一緒の勤務${count}回`,
      exchanges: (count) => `両方が答えた勤務${count}回`,
      differences: (count) => `すり合わせポイント${count}件`,
      goals: (count) => `振り返った共有の目標${count}件`,
      answers: (count) => `週の振り返りの回答${count}件`,
    },
    people: (residents, attendings) => `研修医${residents}人・指導医${attendings}人`,
    peopleAtLeast: (residents, attendings) => `研修医${residents}人以上・指導医${attendings}人以上`,
    since: (share, cases) => `${share}（${cases}）`,
    behind: (cases, people) => `${cases}・${people}`,
    chart: {
      title: "累計の推移（公表した週ごと）",
      both: "両方が回答",
      closed: "目標に取り組めた",
      feedback: "フィードバックあり",
      easy: "助けを求めやすい",
      key: "％。1割未満は10、9割を超えるときは90の位置に描きます",
    },
    steps: {
      arrive: (lost, due) =>
        `メッセージ${due}件のうち${lost}件が届いていません。理由は上のとおりで、多くは名簿を直すと届きます。`,
      both: (share, hour) =>
        hour === undefined
          ? `お二人とも回答した勤務は${share}です。次の会議で、回答しやすくする方法を聞いてみてください。`
          : `お二人とも回答した勤務は${share}です。残りの多くは${hour}時台に始まります。その時間の引き継ぎで声をかけると効果的です。`,
      feedback: (share) =>
        `フィードバックがあった目標は${share}です。勤務の終わりに2分あると変わるかもしれません。`,
      settled: (share) =>
        `すり合わせポイントのうち、進め方が決まったのは${share}です。カードを1回タップして残すと、次の勤務に引き継がれます。`,
    },
    file: {
      button: "集計をファイルで",
      name: (date) => `集計-${date}`,
      says: (rows) => `プログラムの集計を表にしました（${rows}行）。公表した週ごとの値です。`,
      none: "公表した集計がまだないため、ファイルにするものがありません。",
      notYours: "プログラムの集計は、研修担当者が受け取れます。",
      columns: {
        program: "プログラム",
        until: "いつまで",
        figure: "項目",
        share: "割合",
        cases: "件数",
        what: "数えたもの",
        residents: "研修医（少なくとも）",
        attendings: "指導医（少なくとも）",
      },
      of: {
        shifts: "回答のあった、一緒の勤務",
        exchanges: "両方が答えた勤務",
        differences: "すり合わせポイント",
        goals: "振り返った共有の目標",
        answers: "一週間の振り返りの回答",
      },
    },
    tooFew: (residents, attendings) =>
      `まだ表示できません。あと${wanted(residents, attendings)}の回答が必要です。`,
    visible: "見える人：研修担当者。プログラム全体の集計だけで、個人の回答は含みません。",
    reasons: {
      unreachable: "連絡先に届けられません",
      rejected: "送信が受け付けられませんでした",
      "no-address": "まだAttuneを開いていません",
      uncertain: "届いたかどうかを確認できません",
    },
    otherReason: "届けられませんでした",
  },

  roster,
  files,
  people,
  whose,

  settingUp,
  why,

  consent: {
    notification: "Attuneから、参加のご確認です。",
    hello: (name, program) => `${name}、はじめまして。${program}のAttuneです`,
    what: {
      resident:
        "勤務の前後に、指導医と同じ質問に30秒ほどでお答えいただき、違うところは短く話すきっかけをお届けします。",
      attending: "勤務の前に研修医の目標を読み、進め方を30秒ほどでお答えいただくと、お二人の回答が並びます。",
      coordinator:
        "週に一度、プログラム全体の集計と、届かなかったメッセージをお伝えします（1分、回答は不要）。",
    },
    kept: {
      resident: "回答は病院のサーバーに保存し、管理者は技術的には読めますが、書き出しはすべて記録されます。",
      attending: "回答は病院のサーバーに保存し、管理者は技術的には読めますが、書き出しはすべて記録されます。",
      coordinator:
        "同意の記録は病院のサーバーに保存し、管理者は技術的には読めますが、書き出しはすべて記録されます。",
    },
    seen: {
      resident:
        "プログラム責任者に個人の回答は見えず、信頼についての回答はご自身だけのものです。参加は自由です。",
      attending:
        "プログラム責任者に個人の回答は見えず、信頼についての回答はご自身だけのものです。参加は自由です。",
      coordinator:
        "個人の回答は、プログラム責任者にも見えません。信頼についての回答は本人だけのものです。参加は自由です。",
    },
    more: "詳しく見る",
    agree: "同意してはじめる",
    decline: "参加しない",
    agreed: {
      resident: "ありがとうございます。勤務の前後にご連絡します。",
      attending: "ありがとうございます。勤務の前後にご連絡します。",
      coordinator: "ありがとうございます。週に一度、集計をお送りします。",
    },
    declined: "承知しました。こちらから質問はしません。参加するときは「再開」と送ってください。",
    already: "すでに同意をいただいています。やめるときは「停止」と送ってください。",
  },

  research: researchJa,

  commands: {
    help: {
      notification: "Attuneの使い方です。",
      title: "使い方",
      own: {
        resident: [
          ["目標", "次の勤務の目標を決める"],
          ["私のローテーション", "これまでの目標とその後の様子を見る"],
          ["あとで 30分", "30分後にもう一度聞いてもらう"],
        ],
        attending: [["あとで 30分", "30分後にもう一度聞いてもらう"]],
        coordinator: [
          ["勤務表", "勤務表の読み込み結果を見る"],
          ["集計", "プログラムの集計をファイルで受け取る"],
        ],
      },
      rows: [
        ["ホーム", "答えていない質問とこれからの予定を見る"],
        ["1月8日まで休止", "1月8日まで通知を休む"],
        ["再開", "休止や停止から再開する"],
        ["停止", "すべての通知を止める"],
        ["言語 英語", "Switch to English"],
        ["誰に何が見えるか", "どの回答を誰が読むかを確かめる"],
        ["マイデータ", "保存されている内容を見る"],
        ["データを消去", "自分のデータをすべて消す"],
      ],
      seen: "見える人：研修医が共有した目標は、その勤務の指導医に届きます。サポート、相談、フィードバックは、お二人の回答がそろってから見えます。「助けの求めやすさ」への回答は、ご自身だけに見えます。",
    },
    whoSees: {
      title: "誰に何が見えるか",
      about: "Attuneは、目標と学び方をすり合わせ、信頼しながら進める関係（教育同盟）を育てるためのものです。",
      goal: "ご自身の目標",
      goalText:
        "その勤務の指導医に、すぐに届きます。分野だけを共有することも、自分だけが見ることもできます。",
      pair: "サポート、相談、フィードバック、振り返り",
      pairText: "ご自身とペアの先生に、お二人の回答がそろってから見えます。",
      lines: "ペアの先生への一言、二人で決めたこと",
      linesText: "その先生に、すぐに届きます。",
      trust: "助けの求めやすさ",
      trustText: "ご自身だけです。ペアの先生に届くことはなく、プログラム全体の集計ひとつにだけ含まれます。",
      others: {
        goal: "研修医の目標",
        goalText:
          "その勤務の指導医に、すぐに届きます。研修医は、分野だけを共有することも、自分だけが見ることもできます。",
        pairText: "研修医と指導医に、お二人の回答がそろってから見えます。",
        lines: "ペアの先生への一言、二人で決めたこと",
        trustText:
          "回答した本人だけです。ペアの先生に届くことはなく、プログラム全体の集計ひとつにだけ含まれます。",
      },
      program: "プログラム",
      programText: (residents) =>
        `研修担当者とプログラム責任者に見えるのは、届かなかったメッセージと、研修医${residents}人以上の集計だけです。個人の回答は見えません。`,
      system: "サーバーの管理者",
      systemText: "技術的にはすべて閲覧できます。書いた文は暗号化し、書き出しはすべて記録に残ります。",
      out: "参加は自由です",
      outText: "「停止」「マイデータ」「データを消去」と、いつでも送ってください。",
      not: "話すきっかけのためのもので、採点や順位づけはせず、研修修了の判定にも使いません。患者さんのことは書かないでください。",
    },
    unknownText: "すみません、うまく読み取れませんでした。",
    goalNone: "今、目標を決められる勤務はありません。次の勤務の18時間前から、「目標」と送ると決められます。",
    goalNotResident: "目標は研修医の方に決めていただいています。",
    goalResidents: "目標は研修医の方に決めていただいています。",
    snoozed: (time) => `${time}にもう一度お聞きします。`,
    snoozeNone: "あとに回せる質問は今ありません。",
    snoozeTooLate: "その前に受付が終わります。もう少し短い時間を選んでください。",
    snoozeNoTime: "まもなく受付が終わるため、あとに回せません。",
    snoozeTitle: "どのくらいあとにお聞きしましょうか。",
    minutes: (count) => `${count}分後`,
    hours: (count) => `${count}時間後`,
    paused: (date) => `通知を休み、${date}に再開します。早めるときは「再開」と送ってください。`,
    pauseTitle: "いつまで通知を休みますか。「1月8日まで休止」のように日付を送ることもできます。",
    pauseChoices: { day: "明日まで", week: "1週間", fortnight: "2週間" },
    pausePast: "「1月8日まで休止」のように、明日以降の日付で送ってください。",
    resumed: "再開しました。次の勤務の前にご連絡します。",
    resumedMidShift: "再開しました。勤務の前後にご連絡します。",
    resumedWeekly: "再開しました。週に一度、集計をお送りします。",
    stopped:
      "すべての通知を止めました。もう一度始めるには「再開」、保存内容を消すには「データを消去」と送ってください。",
    language: (language) => `これからは${language}でお送りします。`,
    languageTitle: "どの言語にしますか。",
    data: {
      notification: "保存されている内容です。",
      title: "保存されている内容",
      standing: "同意",
      consents: { unasked: "まだお聞きしていません", given: "同意済み", declined: "参加しない" },
      accounts: "アカウント",
      shifts: "勤務",
      nudges: "予定・送信済みのメッセージ",
      replies: "回答",
      latest: "最近の回答",
      about: (label, partner) => `${label}（${partner}）`,
      full: "すべてをファイルで受け取るには、Attuneの管理者にお申し付けください。",
      yes: "はい",
      none: "ありません",
    },
    eraseTitle: "自分のデータをすべて消しますか。",
    eraseText: (residents) =>
      `回答、メッセージ、アカウントを消します。元には戻せません。今日までに作られたバックアップには、病院がそれを削除するまで写しが残ります。すでに表示した研修医${residents}人以上の集計は、そのまま残ります。チャットにあるAttuneのメッセージは、プラットフォームが許す範囲で削除します。ご自身で入力した文と、プラットフォーム側の控えは、Attuneからは消せません。今後、Attuneからの通知は届きません。`,
    eraseYes: "すべて消す",
    eraseConfirm: "元には戻せません。",
    erased: "データをすべて消しました。ご利用ありがとうございました。",
  },

  home: {
    notification: "Attuneのホームです。",
    title: "ホーム",
    nothingOpen: "答えていない質問はありません。",
    answer: "答える",
    open: "回答をお待ちしています",
    openWith: (partners) => `${partners}と`,
    openUntil: (moment) => `${moment}まで`,
    nextShifts: "これからの勤務",
    noShifts: "勤務表にはまだありません",
    shiftAs: {
      resident: (shift) => `${shift} 研修医として`,
      attending: (shift) => `${shift} 指導医として`,
    },
    parts: {
      resident: "研修医として",
      attending: "指導医として",
      coordinator: "研修担当者として",
    },
    shiftWith: (shift, names) => (names === "" ? shift : `${shift}（${names}と一緒）`),
    goals: "ご自身の目標",
    noGoals: "まだありません",
    goalFor: (when) => `${when}の目標`,
    noGoalYet: "この勤務の目標は、まだ決まっていません。",
    setGoal: "目標を決める",
    agreed: "指導医と一致していること",
    residents: "研修医の目標",
    goalsInPlan: "終わっていない勤務の目標は、その勤務の「進め方」に表示されます。",
    noResidentsGoals: "この7日間に共有された目標はありません",
    differences: "すり合わせポイント",
    noDifferences: "今はありません",
    differenceWith: (partner, labels) => `${partner}：${labels}`,
    paused: (date) => `通知を休止しています。${date}に再開します。`,
    stopped: "通知を止めています。",
    declined: "参加していないため、質問は届きません。",
    start: "参加する",
    settings: "設定",
    language: "言語",
    quietTimes: (hours, time) =>
      `勤務中と休暇中は通知しません。週ごとの通知は、夜勤明け・当直明けの${hours}時間を避け、勤務の開始時か、勤務のない日の${time}以降に届きます。`,
    resume: "再開する",
    kinds: {
      "shift-goal": "勤務の目標",
      "shift-plan": "勤務の進め方",
      "shift-debrief": "勤務の振り返り",
      "pair-check-in": "一週間の振り返り",
    },
  },

  closed: {
    expired: "この質問の受付は終わりました。答えた分は保存されています。",
    withdrawn: "この質問は不要になりました。そのままで大丈夫です。",
    nothing: "この質問の受付は終わりました。答えなくても大丈夫です。",
  },

  refused: {
    unknown:
      "まだ登録がないようです。Attuneは、プログラムの研修医、指導医、研修担当者のためのものです。研修担当者に登録をご依頼ください。何も保存していません。",
    asksWhose:
      "まだ登録がないようです。どなたのアカウントか、研修担当者に確認しています。確認が済むまでアカウントと日時だけを最長14日間保存し、お書きになった内容は保存していません。",
    left: "このプログラムの名簿から外れているため、今後は何もお尋ねしません。「マイデータ」で保存内容を確認でき、「データを消去」で消去できます。まだ在籍中の場合は、研修担当者に登録をご依頼ください。何も保存していません。",
    notYours: "これは別の方への質問です。何も保存していません。",
    again: "この回答はすでに受け取っています。",
    expired: "この質問の受付は終わったため、回答を受け取れませんでした。",
    locked: "お二人とも回答済みのため、変更できません。",
    notUnderstood: "この質問への答えとして読み取れませんでした。何も保存していません。",
    tooLong: (maximum, length) =>
      `${maximum}文字以内でお願いします。今は${length}文字です。何も保存していません。`,
    empty: "一言お書きください。",
    notSaved: "今は保存できませんでした。もう一度お試しください。",
    identifier: (kind) =>
      `${identifiers[kind]}が含まれているようです。患者さんにつながる内容を除いて、もう一度送ってください。何も保存していません。`,
  },
  identifiers,

  roles: { resident: "研修医", attending: "指導医", coordinator: "研修担当者" },
};
