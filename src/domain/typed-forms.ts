/**
 * The forms of a typed text that mean the same, from the text itself to what is left without quotes, bold, emoji, a full
 * stop, the bot's name and politeness. Each reader tries them in this order: "not now" is no "not", though "stop now" is
 * "stop". All are lower case, in one width, with single spaces. Only for reading: what is stored is what was typed.
 */
export function formsOf(text: string): readonly string[] {
  const first = bare(plainly(text));
  const forms: string[] = [first];
  // Each form is shorter than the one before, so this ends.
  for (const form of forms) {
    for (const without of WITHOUT) {
      const rest = bare(form.replace(without, ""));
      if (rest !== "" && !forms.includes(rest)) forms.push(rest);
    }
  }
  return forms;
}

/** One width and case, no emoji, nothing invisible. */
const plainly = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(/\p{Default_Ignorable_Code_Point}|\p{Cc}(?<![\t\n\r])/gu, "")
    .toLowerCase()
    .replaceAll(/[’‘ʼ‛]/gu, "'")
    .replaceAll(EMOJI, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();

/** Signs, and the names that Slack writes for them. */
const EMOJI =
  /:[a-z+-][\w+-]{0,60}:(?::skin-tone-\d:)?|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20E3/gu;

/** What stands around words and means nothing there: quotes, markup, brackets, the ends of sentences. */
const AROUND = "[\\s\"'“”„‟`´«»‹›「」『』【】〈〉《》〔〕()\\[\\]{}<>*_~|#•·=/\\\\^.,!?;:、。・…ー—–\\-]";
const BEFORE = new RegExp(`^${AROUND}+`, "u");
/** ー ends many Japanese words. */
const AFTER = new RegExp(String.raw`${AROUND.replace("ー", "")}+$`, "u");

function bare(text: string): string {
  const rest = text.replace(BEFORE, "").replace(AFTER, "");
  return rest === "" && text.includes("?") ? "?" : rest;
}

const NAME = "(?:the )?@?attune(?: bot|さん|くん)?";
const GAP = String.raw`[\s,.!?;:、。*_~"'」』)-]`;

const THANKS = "thank(?:s| you)(?: a lot| so much| very much| again)?|thx|ty|cheers";
const BEFORE_ENGLISH =
  "please|pls|plz|kindly|ok(?:ay)?|oh|well|so|hi(?: there)?|hello|hey|dear|sorry|yes|just|now|(?:can|could|would|will) you|(?:can|could|may) i|i (?:want|need|would like|wish) to|i'd like to|i wanna|let me|let's";
const AFTER_ENGLISH = "please|pls|plz|now|right now|ok(?:ay)?|for me|then|will you|would you|could you|asap";
const BEFORE_JAPANESE =
  "すみません|すいません|ごめんなさい|恐れ入りますが|あの|えっと|お願い|はい|では|じゃあ?|もう|ちょっと|一旦|とりあえず|ありがとう(?:ございます)?|お疲れ(?:さま|様)です";
const AFTER_JAPANESE =
  "(?:を|で)?(?:よろしく)?(?:お願い|おねがい|御願い)(?:し|いたし|致し)?(?:ます|たい(?:です)?)?|よろしく|(?:ください|下さい|くれますか|もらえますか|いただけますか|頂けますか)|(?:ください|下さい)ね|(?:を)?(?:頼みます|頼む)|ありがとう(?:ございます|ございました)?|すみません|です|でお願い";

/** Words around a command, a label or a choice that do not change it. Each alone is a courtesy. */
const WITHOUT: readonly RegExp[] = [
  new RegExp(`^${NAME}${GAP}+`, "u"),
  new RegExp(`${GAP}*${NAME}$`, "u"),
  new RegExp(`^(?:${BEFORE_ENGLISH}|${THANKS})${GAP}+`, "u"),
  new RegExp(`${GAP}+(?:${AFTER_ENGLISH}|${THANKS})$`, "u"),
  new RegExp(`^(?:${BEFORE_JAPANESE})${GAP}+`, "u"),
  new RegExp(`${GAP}*(?:${AFTER_JAPANESE})$`, "u"),
  /を?して(?:ください|下さい)$/u,
];
