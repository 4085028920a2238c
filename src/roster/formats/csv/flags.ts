import { saysTakenBack } from "../../text/duties/away.ts";

/** What a column that is not read says of its rows, by its title. */
export type ColumnSays = "who works" | "cover" | "away" | "taken back" | "published" | "approved" | "note";

/** "Deleted At", "is_deleted", "deletedAt" and "Deleted?" are one title. */
const plainTitle = (title: string): string =>
  spaced(title)
    .toLowerCase()
    .replaceAll(/[\s_.:?-]+/gu, " ")
    .trim()
    .replace(/^(?:is|has|was|shift) /u, "")
    .replace(
      /(?<=\S)(?:(?: (?:at|on|date|time|by|reason|flag|timestamp|utc))+|[済者]み?|日時?|理由|フラグ|の?有無)$/u,
      "",
    );

const spaced = (title: string): string => title.normalize("NFKC").replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, " ");

const TITLES: readonly (readonly [says: ColumnSays, title: RegExp])[] = [
  [
    "who works",
    /^(?:covered|covering (?:provider|physician|person|doctor)|substitut(?:e|ed|ion)s?|subs?|stand ?in|replaced|replacement|relieved|reassigned(?: to)?|re assigned(?: to)?|delegated?(?: to)?|given(?: away)?(?: to)?|taken(?: over)?|picked up|handed over(?: to)?|(?:swap|trade|switch|exchange)(?:p?e?d)?(?: (?:with|to|partner))?|transferred(?: to)?|now works|new (?:owner|assignee|person))$/u,
  ],
  [
    "who works",
    /^(?:勤務)?(?:交[代替換]|代[行理替勤診直務打]|代わり|振替|変更後|引継ぎ?)(?:者|医師?|要員|先|相手|後|の人|担当)?$/u,
  ],
  // What is covered, or by whom.
  ["cover", /^(?:cover|coverage|relief|カバー)$/u],
  [
    "away",
    /^(?:absent|absence|call(?:ed)? (?:out|off|in)|called in sick|no show|on leave|leave (?:type|code)|leave|sick|out sick|out|off|day off|on vacation|vacation|pto)$/u,
  ],
  ["away", /^(?:欠勤?|欠席|病欠|休暇中?|休み|不在|遅刻欠勤)$/u],
  [
    "taken back",
    /^(?:cancel+(?:ed|ation)|deleted|deletion|removed|removal|void(?:ed)?|struck|dropped|withdrawn|rejected|rejection|declined|denied|revoked|archived|draft|tentative|provisional|unpublished|unconfirmed|unapproved|not (?:published|shared|approved|confirmed)|inactive|disabled)$/u,
  ],
  [
    "taken back",
    /^(?:取り?消し?|削除|中止|キャンセル|却下|無効|辞退|返上|下書き|未公開|未承認|未確定|仮|仮登録)$/u,
  ],
  [
    "note",
    /^(?:\p{L}+ )?(?:notes?|comments?|remarks?|memos?)$|^(?:備考欄?|メモ|コメント|連絡(?:事項)?|特記(?:事項)?|摘要)$/u,
  ],
  ["published", /^(?:published|publish|publication|shared|公開|共有)$/u],
  [
    "approved",
    /^(?:approved|approval|confirmed|confirmation|accepted|active|valid|visible|enabled|final(?:i[sz]ed)?|承認|確定|有効|受諾|了承|許可)$/u,
  ],
];

/** What a column says of its rows; undefined where it says nothing of whether they count. */
export function columnSays(title: string): ColumnSays | undefined {
  const plain = plainTitle(title);
  const found = TITLES.find(([, pattern]) => pattern.test(plain))?.[0];
  return (
    found ??
    (saysTakenBack(title) && !/polic|deadline|notice|fee|期限|料/iu.test(title) ? "taken back" : undefined)
  );
}

const NO =
  /^(?:[-‐–—―ー−/／.]+|no|n|false|0+(?:[.:]0+)?\s*(?:h|hrs?|hours?|min|minutes?|%|時間|分)?|0000-00-00.*|none|nobody|no one|n\/?a|nil|null|nein|non|falsch|faux|self|same|never|present|いいえ|否|無|無し|なし|該当(?:者|)(?:なし|無し)|本人|未)$/iu;

/** The cell says no, or nothing. */
export const isNo = (cell: string): boolean => NO.test(cell.normalize("NFKC").trim());

/** "2. Not Shared", as the Shifts of Teams write it. */
const plainCell = (cell: string): string =>
  cell
    .normalize("NFKC")
    .trim()
    .replace(/^\d+[.)]\s*/u, "")
    .toLowerCase();

/** Words that are nothing but a state of the row, whatever the column is called. */
const OPEN =
  /^(?:un(?:published|shared|approved|confirmed|released)|not (?:yet )?(?:published|shared|approved|confirmed|released|final(?:i[sz]ed)?)|未公開|非公開|未共有|未承認|承認待ち?|未確定)$/u;
/** Words that are a state where a column of states has them. */
const OPEN_STATE =
  /^(?:pending(?:\s.*)?|.*\spending|(?:a?waiting|in)\s(?:.*\s)?(?:approval|review|confirmation|response)|submitted|requested|proposed|offered|open|vacant|available|un(?:assigned|filled|scheduled|posted)|inactive|incomplete|not active|on hold|申請中|保留中?|調整中|確認待ち?|未確認|下書き|仮.*|募集中|未充足|未定|共有なし)$/u;
const GONE =
  /^(?:dropped?|drop|remove|delete|cancel|old|former|previous|旧|変更前|rejected|denied|refused|released|withdrawn|removed|revoked|disapproved|suspended|archived|expired|superseded|replaced|missed|terminated|given (?:away|up)|(?:swapped|traded|switched|exchanged|transferred)(?:\s.*)?|struck|not (?:working|coming|attending|counted)|却下|差し?戻し|否認|不承認|取り?下げ|無効|返上|返却|削除(?:済み?)?|欠勤?|欠席|休|不参加)$/u;
const STATES =
  /status|\bstate\b|approval|approved|publi|shar(?:ed|ing)|confirm|attendance|(?<!\p{L})(?:action|operation|change)[sd]?(?!\p{L})|処理|操作|変更|状態|状況|ステータス|承認|公開|共有|確定|勤怠|出欠|出勤|区分/iu;

/** It says that the row is not settled yet. */
export function saysOpen(cell: string, title: string): boolean {
  const text = plainCell(cell);
  return OPEN.test(text) || (STATES.test(spaced(title)) && OPEN_STATE.test(text));
}

/** It says that the row counts no more. */
export const saysGone = (cell: string, title: string): boolean =>
  STATES.test(spaced(title)) && GONE.test(plainCell(cell));
