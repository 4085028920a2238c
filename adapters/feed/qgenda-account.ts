import { AttuneError } from "#src/errors.ts";
import { feedUrl } from "./addresses.ts";

/** Who asks QGenda, and for whose schedule. All of it is a secret. */
export interface QgendaAccount {
  readonly email: string;
  readonly password: string;
  /** Only this company's schedule; without it that of all companies that the account may see. */
  readonly companyKey?: string;
  /** Of the interface, without a slash at its end. */
  readonly address: URL;
}

const INTERFACE = "https://api.qgenda.com/v2";
const LINE = /^(email|password|companyKey|address)\s*[=:]\s*(\S.*)$/iu;

/**
 * Reads an account as the operator keeps it: lines such as `email=…`, `password=…`, `companyKey=…`.
 * @throws AttuneError `rejected`, which repeats nothing of it
 */
export function qgendaAccount(text: string): QgendaAccount {
  const found = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, key, value] = LINE.exec(line.trim()) ?? [];
    if (key === undefined || value === undefined || found.has(key.toLowerCase()))
      throw new AttuneError("rejected", `its account has a line that is not understood; ${FORM}`);
    found.set(key.toLowerCase(), value);
  }
  const [email, password, companyKey] = ["email", "password", "companykey"].map((key) => found.get(key));
  if (email === undefined || password === undefined)
    throw new AttuneError("rejected", `its account lacks the e-mail or the password; ${FORM}`);
  const address = feedUrl((found.get("address") ?? INTERFACE).replace(/\/+$/u, ""));
  return { email, password, ...(companyKey === undefined ? {} : { companyKey }), address };
}

const FORM = "write the lines email=…, password=… and companyKey=…";
