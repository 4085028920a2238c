import { formsOf } from "./typed-forms.ts";

/** Small words that are said to a bot and meant for nobody else. They are never stored. */
export type SmallWord = "undo" | "skip" | "courtesy";

/** Takes back what was just kept. */
const UNDO =
  "undo(?: (?:that|it|this|the last one))?|(?:take|took) (?:that|it|this) back|take back|cancel(?: (?:that|it|this))?|(?:delete|remove|discard|clear) (?:that|it|this|the line|my line)|revert(?: (?:that|it))?|scratch that|(?:that was )?(?:a )?(?:mistake|wrong)|i did(?:n't| not) mean (?:that|it)|元に戻(?:す|して|したい)|もとに戻(?:す|して)|(?:今の|いまの|それ)(?:は|を)?(?:なし|取り?消し|取り?消して|消して)(?:で)?|取り?消(?:し|す|して|します)?|取り?やめ|やり直(?:し|す|したい)|キャンセル(?:する|して|します)?|間違え(?:まし)?た|アンドゥ";

/** Leaves a line unwritten. Where no line is asked for, it is a courtesy. */
const SKIP =
  "skip(?: (?:it|this|that|this one|the line|this line|the question|this question|for now))?|pass|(?:i )?(?:have )?(?:none|nothing|nil)(?: (?:really|today|to add|to say|comes to mind|for now|at all|special|in particular|much))?|(?:no|nope|nah)(?: (?:line|comments?|note|goal|answer|idea|thanks?|thank you|need))*|n\\/?a|not (?:applicable|really|today|needed|this time)|leave (?:it|this) (?:blank|empty)|(?:blank|empty)|i'll (?:skip|pass)|i (?:skip|pass)|don't know|i don't know|dunno|idk|nothing yet|スキップ(?:する|します|で|したい)?|パス(?:する|します|で)?|(?:とく|特)に(?:は)?(?:なし|無し|ない|ありません|ございません|思いつかない|思いつきません)(?:です)?|なし(?:で)?|無し(?:で)?|ない|ないです|(?:何|なに)も(?:ない|なし|ありません)|ありません|書かない|書きません|空欄(?:で)?|空白|飛ばす|飛ばして|とばす|とばして|次へ|次に進む|該当(?:なし|無し)|いらない|いりません|不要|いいえ|いえ|ううん|結構|書かずに進む|わからない|分からない|未定|今回は(?:なし(?:で)?|無し|やめ(?:て|ます|ておきます)|いい|結構|遠慮します)";

const THANKS =
  "thank(?:s| you)(?: (?:a lot|so much|very much|again|a bunch|a ton|all|everyone|doc|doctor|for (?:that|this|the reminder|asking|your help|letting me know|everything)))*|many thanks|much appreciated|appreciate it|thx|tnx|ty|tysm|tyvm|cheers|ta|merci|danke|gracias";
const ASSENT =
  "(?:very |all |so |that's |sounds |looks )?(?:good|great|nice|cool|perfect|awesome|excellent|wonderful|fine|lovely|ok|okay|right|super|brilliant)(?: (?:job|one|work|idea|to me|with me|point|stuff|enough))?|k|kk|okey|okie|got it|gotcha|understood|i see|will do|noted|roger(?: that)?|copy(?: that)?|sure(?: thing)?|of course|certainly|agreed|absolutely|exactly|yes|yep|yeah|yup|ya|yea|y|n|done|all done|saved|received|true|makes sense|fair enough|no (?:problem|worries|prob)|np|never ?mind|whatever|maybe|perhaps";
const HELLO =
  "hi+(?: (?:there|all|everyone|again|bot))?|hello(?: (?:there|again|bot))?|hey+(?: (?:there|bot))?|yo|good (?:morning|afternoon|evening|day)|morning|evening|how are you|what's up|sup|おはよ(?:う)?(?:ございます)?|こんにち[はわ]|こんばん[はわ]|お疲れ(?:さま|様)です|おつかれさまです";
const GREETING =
  "good night|bye(?: bye)?|goodbye|good bye|see (?:you|ya)(?: (?:later|soon|tomorrow|then))?|cu|take care|have a (?:good|nice|great) (?:day|night|shift|one|weekend|evening)|welcome(?: back)?|you're welcome|you too|same to you|sorry(?: (?:about that|for (?:that|the delay|being late)|i'm late))?|my bad|oops|whoops|apologies|excuse me|pardon|test(?:ing)?(?: (?:1|12|123|1 2 3))?|(?:ha)+h?|lol|lmao|hmm*|ah+|oh+|wow|ugh|yay|please|pls|attune|@attune|bot|go on|continue|x+d";
const JAPANESE_THANKS =
  "(?:どうも|本当に|いつも)?ありがと(?:う)?(?:ね|ございます|ございました|ございまーす)?|どうも|サンキュー?|さんきゅ(?:ー)?|感謝(?:します|です)?|助か(?:ります|りました|った)";
const JAPANESE =
  "了解(?:です|しました|いたしました|っす|した|致しました)?|りょ(?:うかい)?|承知(?:です|しました|いたしました|致しました)?|(?:わか|分か|解)(?:りました|った|ってます)|かしこまりました|はい|はーい|うん|ええ|そう(?:です|ですね|だね|か|ですか)?|なるほど(?:です|ですね)?|オッケー|おっけー?|おk|オーケー|いい(?:です|ですね|ね|よ|ですよ)|良い(?:です|ですね)|おやすみ(?:なさい)?|(?:お疲れ|おつかれ|お疲)(?:さま|様|さん)?(?:です|でした|でございます)?|(?:今日も|今日は|本日も|本日は|今後とも|どうぞ)?(?:よろしく|宜しく)(?:(?:お願い|おねがい|御願い)(?:し|いたし|致し)?ます|です|ね)?|(?:お願い|おねがい)(?:し|いたし|致し)?ます|すみません(?:でした)?|すいません(?:でした)?|ごめん(?:なさい|ね)?|申し訳(?:ありません|ございません|ないです)(?:でした)?|失礼(?:します|しました|いたします)?|大丈夫(?:です)?|問題(?:ない|ありません|なし)(?:です)?|頑張ります|がんばります|テスト(?:です|中)?|さようなら|また(?:明日|あした|ね|後で)|お先に(?:失礼します)?|笑+|w{1,9}|草|お待たせ(?:しました)?|遅くなりました|承りました|確認(?:しました|済み(?:です)?)|読みました|見ました|終わりました|ご苦労(?:さま|様)(?:です|でした)?|もちろん(?:です)?|是非|ぜひ|お願い|キャンセルしません";

const GAP = String.raw`(?:[\s,.!?;:、。~・&+'-]+|(?<=[^\x00-\x7F])(?=[^\x00-\x7F])|$)`;

const whole = (words: string): RegExp => new RegExp(`^(?:${words})$`, "u");

/** One or several courtesies after one another: "ok, great, thanks". */
const COURTESY = new RegExp(
  `^(?:(?:${THANKS}|${ASSENT}|${HELLO}|${GREETING}|${JAPANESE_THANKS}|${JAPANESE}|${SKIP}|and)${GAP})+$`,
  "u",
);
const WITH_THANKS = new RegExp(`(?:^|${GAP})(?:${THANKS}|${JAPANESE_THANKS})${GAP}`, "u");
const ONLY_HELLO = new RegExp(`^(?:(?:${HELLO})${GAP})+$`, "u");

/** What a courtesy is, where it is answered. */
export function courtesyIn(text: string): "thanks" | "hello" | "other" {
  const forms = formsOf(text);
  if (forms.some((form) => WITH_THANKS.test(form))) return "thanks";
  return forms.some((form) => ONLY_HELLO.test(form)) ? "hello" : "other";
}

const TABLE: readonly (readonly [SmallWord, RegExp])[] = [
  ["undo", whole(UNDO)],
  ["skip", whole(SKIP)],
  ["courtesy", COURTESY],
];

/** Reads the forms of a text (see typed-forms.ts). Nothing but signs and emoji is a courtesy too. */
export function smallWord(forms: readonly string[]): SmallWord | undefined {
  if (!forms.some((form) => /[\p{L}\p{N}]/u.test(form))) return "courtesy";
  return TABLE.find(([, pattern]) => forms.some((form) => pattern.test(form)))?.[0];
}
