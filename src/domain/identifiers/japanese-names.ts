import { isAbbreviation } from "./abbreviations.ts";
import { re } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Roles and places that さん and 様 are said to without naming anybody, also at the end of a longer word: 救急病棟さん. */
const NOBODY = (
  "患者 患児 病人 家族 親族 遺族 身内 子供 子ども こども 両親 旦那 主人 息子 " +
  "本人 相手 付添 付き添い 付添い 高齢者 妊婦 産婦 褥婦 利用者 入居者 外国人 医者 業者 隊員 " +
  "看護師 医師 技師 薬剤師 助産師 保健師 療法士 栄養士 工学技士 救命士 救急隊 消防 警察 警察官 研修医 指導医 上級医 専攻医 " +
  "当直 夜勤 日勤 当直医 主治医 担当医 担当 担当者 同僚 先輩 後輩 同期 学生 事務 事務員 受付 職員 通訳 相談員 支援員 介護士 師長 主任 部長 院長 " +
  "内科 外科 器科 児科 人科 酔科 眼科 鼻科 膚科 線科 神科 急科 経科 検査部 薬剤部 救急部 放射線部 病棟 薬局 検査室 施設 病院 他院 " +
  "チーム スタッフ ナース クラーク ワーカー コメディカル リハ リハビリ ケアマネ ヘルパー リーダー メンバー パートナー ドクター " +
  "年目 年生 回生 人目 検査 放射線 循環器 消化器 呼吸器 泌尿器 脳外 脳神 心外 呼外 整形 形成 麻酔 皮膚 耳鼻 産婦 婦人 小児 神内 血内 腎臓 内分泌 精神 病理 総診 総合診療 " +
  "循内 消内 呼内 腎内 代内 膠内 総内 内視鏡 透析 手術室 オペ室 カテ室 外来 救命 ドクターカー ドクターヘリ ドクヘリ コールセンター 交換 警備 守衛 清掃 連携 連携室 保健所 児相 役所 大学 クリニック 医院 開業医 かかりつけ " +
  "紹介元 搬送元 ホーム 老健 特養 デイ 訪看 訪問看護 マネージャー ドライバー ボランティア インターン レジデント アテンディング コンサルト 保護者 付添人 発見者 通報者 目撃者 同乗者 " +
  "介助者 介護者 キーパーソン 友人 知人 友達 彼氏 彼女 姉妹 兄弟 祖父 祖母 祖父母 義母 義父 " +
  "先生 世話 八百屋 薬屋 花屋 葬儀屋 タクシー 運転手 透析室 相談室 管理室 医局 産科 歯科 新人 実習生 生徒 保育士 教員 担任 隊長 団員 上司 部下 秘書 講師 教授 " +
  "医長 科長 技師長 課長 係長 社長 店員 店長 駅員 大家 管理人 近所 通行人 オーベン ネーベン " +
  "苦労 沢山"
).split(" ");

/** A role or a place in capital letters; any other two letters with さん are somebody's initials. */
const ABBREVIATED =
  /^(?:ME|CE|MSW|SW|PSW|PT|OT|ST|NS|NP|PA|MA|DA|EMT|DMAT|DR|ER|ED|OR|OPE|ICU|HCU|CCU|SCU|NICU|CT|MRI|RI|IC)$/u;

/** As NOBODY, but only as the whole word: 子 is said of nobody in お子さん, and ends a name in 花子さん. */
const NOBODY_ALONE = new Set(
  "子 親 母 父 妻 夫 奥 娘 孫 嫁 兄 姉 弟 妹 婆 爺 赤 坊 皆 客 疲 神 誰 隣 嬢 仏 Ns Dr Pt".split(" "),
);

const NOBODY_IN_HIRAGANA = (
  "たく みな みんな おかあ おとう おばあ おじい おば おじ おねえ おにい おく おこ むすめ むすこ かんじゃ かぞく " +
  "おじいちゃ おばあちゃ おにいちゃ おねえちゃ あかちゃ じい ばあ いしゃ かんごし ぎし せんぱい こうはい おきゃく しろうと " +
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
  さん: /^ざ/u,
  殿: /^[部筋様]/u,
  サン: /^[\p{Script=Katakana}ー]/u,
  くん: /^(?:れん|せい)/u,
};

/** Whether a word with a title after it is a role, a relation or another word, and no person's name. */
function isNobodysName(match: RegExpExecArray): boolean {
  const { who = "", title = "", then = "" } = match.groups ?? {};
  const ends = (word: string): boolean => who.endsWith(word);
  return (
    NOBODY.some(ends) ||
    NOBODY_ALONE.has(who) ||
    (/^(?:さん|サン)$/u.test(title) && ABBREVIATED.test(who)) ||
    NOBODY_IN_HIRAGANA.some(ends) ||
    WORD_BEFORE[title]?.test(who) === true ||
    WORD_AFTER[title]?.test(then) === true
  );
}

/** The names that half of Japan's people share a fifth of; what else they may mean is rare beside 患者. */
const SURNAME =
  "(?:佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|渡部|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|斉藤|清水|山崎|池田|阿部|橋本|山下|石川|中島|前田|藤田|小川|後藤|岡田|長谷川|村上|近藤|石井|坂本|遠藤|青木|藤井|西村|福田|太田|三浦|藤原|岡本|松田|中川|中野|原田|小野|田村|竹内|金子|和田|中山|石田|上田|森田|柴田|酒井|工藤|横山|宮崎|宮本|内田|高木|安藤|谷口|大野|今井|丸山|河野|藤本|村田|武田|上野|杉山|増田|小島|平野|大塚|千葉|久保|松井|岩崎|桜井|野口|松尾|野村|木下|菊地|菊池|佐野|大西|杉本|新井|浜田|古川|水野|小松|島田|小山|高田|山内|西田)";

/** Names that are somebody's who is cared for; 先生 is a colleague. */
export const japaneseNameRules: readonly Rule[] = [
  {
    kind: "name",
    pattern: re("(?:氏名|患者名|名前)\\s?[は:]\\s?(?!必ず|毎回|最初|先|全員|復唱|確認|[一二三]回)\\p{L}"),
  },
  // 患者K.T., 患者TK, pt T・K; 患者ID names nobody
  {
    kind: "name",
    pattern: re("患者(?:さん)?[\\s:、の]{0,2}(?<letters>[A-Z][.・]?\\s?[A-Z])(?![A-Za-z\\d])"),
    unless: ({ groups }) => isAbbreviation(groups?.["letters"] ?? ""),
  },
  { kind: "name", pattern: re(`(?:患者|[Pp]t|症例)[\\s.:、のは]{0,2}${SURNAME}(?!.{0,6}(?:先生|[Dd]r))`) },
  // 田中様, タナカさん, 木村サン, K氏
  {
    kind: "name",
    pattern: re(
      "(?<who>[\\p{Script=Han}\\p{Script=Katakana}ー々]{1,12}|[A-Z][A-Za-z]{0,20}\\.?)\\s?(?<title>様|さま|さん|氏|ちゃん|くん|君)(?<then>.{0,4})",
    ),
    unless: isNobodysName,
  },
  {
    kind: "name",
    pattern: re("(?<who>[\\p{Script=Han}々]{1,12})\\s?(?<title>サン|殿)(?<then>.{0,4})"),
    unless: isNobodysName,
  },
  // よしこさん, also with a word in other letters right after it: よしこさんルート
  {
    kind: "name",
    pattern: re(
      "(?<who>\\p{Script=Hiragana}{2,12})(?<title>さん|様|氏|ちゃん|くん|君)(?<then>(?:から|って|[はがをにのとへもでだや]|\\P{Script=Hiragana}|$).{0,3})",
    ),
    unless: isNobodysName,
  },
];
