import { dutyCodes } from "../../text/duties/duty-codes.ts";
import { saysLeave, saysOnlyLeave } from "../../text/duties/leave.ts";

const NOBODY =
  /^(?:[-‐–—―ー−/／・x×✕✗.]+|なし|無し?|該当者?(?:なし|無し)|休診日?|閉鎖|祝日?|none|nobody|no one|n\/?a|nil|closed|holiday|off)$/iu;

const codeOf = dutyCodes();

/** A cell that says that nobody has this duty: "-", 休, なし. */
export function isNobody(text: string): boolean {
  const plain = text.normalize("NFKC").trim();
  const kind = codeOf(plain)?.kind;
  return (
    NOBODY.test(plain) || kind === "off" || kind === "none" || (saysLeave(plain) && saysOnlyLeave([plain]))
  );
}
