/** What Teams shows of the app before anybody has opened it, and the menu of what can be typed. */
export interface PackageTexts {
  readonly short: string;
  /** At most 80 characters. */
  readonly brief: string;
  readonly full: string;
  /** At most ten: what to type, and what it does. Each is a command that Attune reads. */
  readonly commands: readonly (readonly [command: string, does: string])[];
}

export const en: PackageTexts = {
  short: "Attune",
  brief: "Helps a resident and an attending agree on how to learn together on a shift.",
  full: "Attune follows the duty roster of a teaching hospital. Around a shift it asks the resident and the attending the same few questions, a tap each: what to work on, how much help, when to check in, when feedback comes. Where they differ, both get a sentence to start a one-minute conversation. It is not an assessment: answers about asking for help never reach the partner, and nobody is ranked. Patients have no place in it, and what looks like a patient’s data is refused. Taking part is voluntary and can end at any time.",
  commands: [
    ["home", "Open questions and upcoming shifts"],
    ["goal", "Set the goal for your next shift"],
    ["help", "What you can tell Attune, and who sees what"],
    ["snooze", "Be asked again in half an hour"],
    ["pause", "Get no messages for a while"],
    ["resume", "Start again after a pause or a stop"],
    ["stop", "Get no more messages"],
    ["language", "English or Japanese"],
    ["my data", "Everything that is kept about you"],
    ["erase me", "Delete everything of yours"],
  ],
};

export const ja: PackageTexts = {
  short: "Attune",
  brief: "研修医と指導医が、勤務ごとに学び方をすり合わせるお手伝いをします。",
  full: "Attuneは、研修病院の勤務表に沿って動きます。勤務の前後に、研修医と指導医に、同じ短い質問をします。何に取り組むか、どのくらいサポートするか、どの段階で相談するか、いつフィードバックするか。どれもタップで答えられます。お二人の答えが違うところには、短く話すためのきっかけの一言をお届けします。採点や順位づけはしません。「助けの求めやすさ」への回答がペアの先生に届くことはありません。患者さんのことを書く場所ではなく、患者さんにつながりそうな文は受け付けません。参加は任意で、いつでもやめられます。",
  commands: [
    ["ホーム", "答えていない質問と、これからの予定を見ます"],
    ["目標", "次の勤務の目標を決めます"],
    ["使い方", "できることと、誰に何が見えるかを確かめます"],
    ["あとで", "30分後にもう一度お聞きします"],
    ["休止", "しばらく通知を止めます"],
    ["再開", "休止や停止のあと、また始めます"],
    ["停止", "すべての通知を止めます"],
    ["言語", "日本語か英語を選びます"],
    ["マイデータ", "保存されている内容をすべて見ます"],
    ["データを消去", "保存されている内容をすべて消します"],
  ],
};
