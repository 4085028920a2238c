import type { Parsed } from "./written.ts";

/** Somebody whom an event invites. */
export interface Attendee {
  /** Every e-mail address that it has. */
  readonly mails: readonly string[];
  readonly name: string;
  /**
   * Whoever declined or sent somebody else does not work the shift. A chair, or somebody who is only told of it, may
   * or may not; nor is it certain of whoever answered "maybe".
   */
  readonly attendance: "works" | "declined" | "chair" | "unsure";
}

const THINGS = new Set(["ROOM", "RESOURCE", "GROUP"]);
const ELSEWHERE = new Set(["DECLINED", "DELEGATED"]);
const NOT_BY_ITSELF = new Set(["CHAIR", "NON-PARTICIPANT"]);

const MAIL = /[^\s<>"'/:;,=]+@[^\s<>"'/:;,=?]+/gu;

/**
 * Addresses stand after "mailto:", in EMAIL= (RFC 7986), where the address itself is a path on the calendar's server
 * ("/principals/…"), in such a path, or in place of the name. Rooms and equipment are nobody.
 */
export function attendeeOf({ parameters, values }: Parsed): Attendee | undefined {
  const said = (key: string) => (parameters[key] ?? "").trim();
  if (THINGS.has(said("cutype").toUpperCase())) return undefined;
  // oxlint-disable-next-line typescript/no-base-to-string -- a value of ical.js prints itself as in the file
  const address = decoded(String(values[0] ?? "").trim());
  const name = said("cn");
  const all = [address, decoded(said("email")), name].flatMap((text) => text.match(MAIL) ?? []);
  const mails = [...new Set(all.map((mail) => mail.toLowerCase()))];
  const attendance = attendanceOf(said("partstat").toUpperCase(), said("role").toUpperCase());
  return { mails, name: name.replaceAll(MAIL, " ").trim(), attendance };
}

function attendanceOf(answer: string, role: string): Attendee["attendance"] {
  if (ELSEWHERE.has(answer)) return "declined";
  if (NOT_BY_ITSELF.has(role)) return "chair";
  return answer === "TENTATIVE" ? "unsure" : "works";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
