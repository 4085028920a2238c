/** What stands as two capital letters after a patient without naming them: pt ED course. */
const PLAIN = new Set(
  (
    "AC AF AI BM BP BS CA CC CI CN CO CP CR CT CV CX DC DI DL DM DX EC ED EF EM EP ER ET FB FU FX GI GU GY HA HD HR HX IA IC " +
    "ID IM IN IO IV IS LE LP LR LV MD MI MR ND NG NO NP NS OB OD OG OK ON OP OR OT PA PE PH PM PO PT PX QI RA RN RR RT RV RX " +
    "SQ SX TB TO TV TX UA UC US VF VS VT WB XR"
  ).split(" "),
);

/** What is also written with dots; any other two letters with dots are initials. */
const DOTTED = new Set(
  "AM CT DC DO ED ER GI GU ID IM IO IV LP MD MI NG NP OB OR PA PE PM PO PT RN UK US".split(" "),
);

/** Whether two capital letters are a word of the trade: ED, I.V., CT. */
export function isAbbreviation(letters: string): boolean {
  const bare = letters.replaceAll(/[. ・-]/gu, "").toUpperCase();
  return (bare === letters ? PLAIN : DOTTED).has(bare);
}
