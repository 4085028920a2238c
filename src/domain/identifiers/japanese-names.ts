/** Roles and places that さん and 様 are said to without naming anybody, also at the end of a longer word: 救急病棟さん. */
const NOBODY = (
  "患者 患児 病人 家族 親族 遺族 身内 子供 子ども こども 両親 旦那 主人 息子 " +
  "本人 相手 付添 付き添い 付添い 高齢者 妊婦 産婦 褥婦 利用者 入居者 外国人 医者 業者 隊員 " +
  "看護師 医師 技師 薬剤師 助産師 保健師 療法士 栄養士 工学技士 救命士 救急隊 消防 警察 警察官 研修医 指導医 上級医 専攻医 " +
  "当直 夜勤 日勤 当直医 主治医 担当医 担当 担当者 同僚 先輩 後輩 同期 学生 事務 事務員 受付 職員 通訳 相談員 支援員 介護士 師長 主任 部長 院長 " +
  "内科 外科 器科 児科 人科 酔科 眼科 鼻科 膚科 線科 神科 急科 経科 検査部 薬剤部 救急部 放射線部 病棟 薬局 検査室 施設 病院 他院 " +
  "チーム スタッフ ナース クラーク ワーカー コメディカル リハ リハビリ ケアマネ ヘルパー リーダー メンバー パートナー ドクター " +
  "苦労 沢山"
).split(" ");

/** A role or a place in capital letters; any other two letters with さん are somebody's initials. */
const ABBREVIATED =
  /^(?:ME|CE|MSW|SW|PSW|PT|OT|ST|NS|NP|PA|MA|DA|EMT|DMAT|DR|ER|ED|OR|OPE|ICU|HCU|CCU|SCU|NICU|CT|MRI|RI|IC)$/u;

/** As NOBODY, but only as the whole word: 子 is said of nobody in お子さん, and ends a name in 花子さん. */
const NOBODY_ALONE = new Set(
  "子 親 母 父 妻 夫 奥 娘 孫 嫁 兄 姉 弟 妹 婆 爺 赤 坊 皆 客 疲 神 誰 隣 嬢 Ns Dr Pt".split(" "),
);

const NOBODY_IN_HIRAGANA = (
  "たく みな みんな おかあ おとう おばあ おじい おば おじ おねえ おにい おく おこ むすめ むすこ かんじゃ かぞく " +
  "おいしゃ おつかれ ごくろう どちら どなた"
).split(" ");

/** Words that merely contain 様 or 氏: 同様, 多様, 摂氏. */
const WORD_BEFORE: Readonly<Record<string, RegExp>> = {
  様: /[王同多一仕模異有両別何各今左文態]$/u,
  氏: /[摂華彼両同諸某]$/u,
  君: /[諸主暴名]$/u,
};

/** …and 様子, 氏名, ちゃんと, くんれん, or an eponym: パーキンソン氏病. */
const WORD_AFTER: Readonly<Record<string, RegExp>> = {
  様: /^[子々式相態]/u,
  氏: /^(?:名|姓|族|病|症候群|麻痺|徴候|反射|法|線|窩|手術|試験|現象|圧痛点|管|結節|腺|島)/u,
  ちゃん: /^と/u,
  くん: /^(?:れん|せい)/u,
};

/** Whether a word with a title after it is a role, a relation or another word, and no person's name. */
export function isNobodysName(match: RegExpExecArray): boolean {
  const { who = "", title = "", then = "" } = match.groups ?? {};
  const ends = (word: string): boolean => who.endsWith(word);
  return (
    NOBODY.some(ends) ||
    NOBODY_ALONE.has(who) ||
    (title === "さん" && ABBREVIATED.test(who)) ||
    NOBODY_IN_HIRAGANA.some(ends) ||
    WORD_BEFORE[title]?.test(who) === true ||
    WORD_AFTER[title]?.test(then) === true
  );
}
