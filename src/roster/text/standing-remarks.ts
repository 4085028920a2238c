/* What a remark says of somebody all month long: it has a word of leave or of exchange, and changes no day. */

const STANDING = new RegExp(
  [
    // What is allowed, or liked.
    String.raw`(?<!\p{L})(?:no|ok(?:ay)? (?:to|with)|open to|willing to|happy to|prefers?(?: no)?) (?:swap|trade|switch)(?:e?s|ing)?(?!\p{L}|\s+with)`,
    String.raw`(?<!\p{L})(?:swap|trade|switch)(?:e?s)? (?:ok(?:ay)?|allowed|welcome)(?!\p{L}|\s+with)`,
    String.raw`(?:交[代替換]|変更|異動|代[行診打直]|早退|遅刻)(?:は|も)?(?:不?可|なし|無し|不要|厳禁|OK)`,
    // How a request is made, and how many shifts a day has.
    String.raw`(?<!\p{L})(?:contact|call|e?mail|page|ask) [\p{L}\p{N}. ]{1,30} (?:to|for) (?:a )?(?:swap|trade|change)s?(?!\p{L}|\s+with)`,
    String.raw`(?:休み?|勤務|シフト)?(?:変更|交[代替換]|希望)は前[日月週].{0,6}まで`,
    String.raw`(?<!\p{L})(?:swap|trade)s? (?:requests?|deadline|must)(?!\p{L})|[二三23]交[代替]|交[代替]制`,
    // Leave that is over.
    String.raw`(?:産休|育休|休職|病休)明け?|夏休み?済み?`,
    String.raw`(?<!\p{L})(?:back|returned) from (?:\p{L}+ )?leave(?!\p{L})|(?<!\p{L})(?:\p{L}+ )?leave (?:has )?ended(?!\p{L})`,
    // Days off that were asked for, which the codes have.
    String.raw`希望休(?:なし|無し|あり|有り?|OK|済み?|反映(?:済み?)?)`,
    // How much of it is left.
    String.raw`(?:有[給休]|年[次休]|公休|代休|振休|夏休み?)残[り数]?\s*:?\s*\d+(?:\.\d+)?\s*(?:日|時間|h)?`,
    String.raw`(?<!\p{L})(?:vacation|pto|sick|leave)(?: balance| left)?[\s:]+(?:0|\d+(?:\.\d+)?\s*h(?:rs?|ours?)?)(?![\p{L}\d/.])`,
    // Whoever is called where somebody else is sick.
    String.raw`(?<!\p{L})sick[\s-]calls?(?!\p{L})`,
  ].join("|"),
  "giu",
);

export const withoutStanding = (text: string): string => text.normalize("NFKC").replaceAll(STANDING, " ");

const BEFORE =
  /^(?:指導医?|上級医|メンター|オーベン|supervisor|supervised by|preceptor|mentor|advis[eo]r|buddy|attending|(?:(?:works|working|orienting|paired|shadowing) )?with)(?:\s*:\s*|\s+|(?=\p{Script=Han}))/iu;
const BEHIND = /(?:['’]s team|\s*(?:チーム|班)|(?<=\p{Script=Han})T)$/iu;

/** The name in "指導医：田中", "works with Okafor" or "Okafor's team"; undefined where it is none of these. */
export function companyIn(text: string): string | undefined {
  const plain = text.normalize("NFKC").trim();
  const name = plain.replace(BEFORE, "").replace(BEHIND, "").trim();
  return name === plain || name === "" ? undefined : name;
}
