import { saysTentative } from "./tentative.ts";

/* Which words of a note say that a shift is not as it is written. */

/** Whoever made the table, and whom to ask. */
export const MADE =
  /^[\s(※*■●]*(?:作成|責任|担当者|承認|確認|発行|問い?合わせ|連絡先|文責|(?:prepared|made|created|approved|issued|updated|compiled) by|authors?\b|contacts?\b|questions?\b)/iu;

/** What two people do with a shift: the other one's is another's, too. */
const EXCHANGED =
  /[→⇒⇔⇄⇆↔←⇐]|[-=]>|交代|交替|交換|代行|代直|(?<!\p{L})(?:swap\p{L}*|trad(?:e|ed|es|ing)|switch(?!board)\p{L}*|instead)(?!\p{L})/iu;
/** These stand in titles, too, and in names of duties: they say something beside a number or a name. */
const CHANGED =
  /変更|訂正|修正|代わり|(?<!\p{L})(?:chang(?:e|ed|es)|cover\p{L}*|correct(?:ion|ed)|mov(?:e|ed|es))(?!\p{L})/iu;
/** Away, in words that no cell of leave has. */
const GONE =
  /退職|離職|異動|転出|出向|療養|隔離|出張|(?<!\p{L})(?:out|away|gone|fmla|resign\p{L}*|terminated|quit|injur\p{L}*|quarantin\p{L}*|covid|deployed|jury)(?!\p{L})/iu;
const WORKS =
  /(?<!\p{L})(?:cover(?:s|ed|ing)|works?|working|takes?|taking|tak(?:en)|does|gets?|gives?)(?!\p{L})|勤務する|入る|出る|代わっ/iu;
/** When a table was made, or made over, and by whom; what it covers, and how one asks for a change. */
const STAMP =
  /(?<!\p{L})(?:schedule|roster|rota) covers? (?=\d)|(?<!\p{L})coverage(?: hours)?(?= *:? *\d{1,2}(?: *[-–~] *\d{1,2})?$)|(?<!\p{L})(?:swap|trade|change)s?(?: requests?)?(?: deadline| (?:are |is )?due|(?= by \d))|変更は(?=.{0,20}まで)|第?\d{1,2}版[\d\s/.年月日-]{0,20}(?:修正|改訂|訂正)$|(?:(?<!\p{L})last|最終)[\s:]*(?:changed?|modified|updated?|revised|変更|更新|修正|訂正|改訂)日?|(?:変更|修正|訂正|改訂)(?:版|日)|(?<!\p{L})(?:updated|revised|printed|exported)(?!\p{L})|(?:作成|印刷|発行|更新)日?/giu;
export const isExchange = (text: string): boolean => EXCHANGED.test(text.normalize("NFKC"));

/** It says that somebody does not work as planned, in other words than those of leave. */
export const saysChange = (text: string): boolean => {
  const plain = text.normalize("NFKC");
  return (
    EXCHANGED.test(plain) ||
    (CHANGED.test(plain) && /\d/u.test(plain)) ||
    saysTentative(plain) ||
    GONE.test(plain)
  );
};

/** What a line around a table or a list says beside its words. */
interface SaidInLine {
  /** It names somebody. */
  readonly isNamed: boolean;
  /** It speaks of days of the table. */
  readonly hasDays: boolean;
  readonly saysAway: (text: string) => boolean;
}

/** Whether such a line changes a shift: one that only names somebody says who made it, or whose team stands below. */
export function lineChanges(text: string, { isNamed, hasDays, saysAway }: SaidInLine): boolean {
  const plain = text.normalize("NFKC").trim();
  if (MADE.test(plain)) return false;
  const rest = plain.replaceAll(STAMP, " ");
  if (isNamed) return saysChange(rest) || saysAway(rest) || WORKS.test(rest) || (hasDays && rest === plain);
  return (EXCHANGED.test(rest) || CHANGED.test(rest)) && /\d/u.test(rest);
}
