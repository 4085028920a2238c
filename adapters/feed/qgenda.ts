import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { AttuneError } from "#src/errors.ts";
import { DAY, type DateText } from "#src/domain/time.ts";
import type { FeedPage, FeedRequest } from "#src/ports/feed.ts";
import type { Limits } from "./page.ts";
import { qgendaAccount, type QgendaAccount } from "./qgenda-account.ts";
import { ask, bodyOf } from "./request.ts";
import { refusedBy, told } from "./trouble.ts";

/*
 * QGenda's interface, version 2, as restapi.qgenda.com describes it: a login gives a token for some time, and the schedule
 * comes in pieces of 100 days at most where the server packs its answers, else of 31.
 */

/** Days that one call may ask for. */
const DAYS_PACKED = 100;
const DAYS_PLAIN = 31;

/** What is read of an entry, and nothing else is asked for: no phone numbers, no notes. */
const FIELDS =
  "StaffEmail,StaffFName,StaffLName,StaffAbbrev,StartDate,StartTime,EndDate,EndTime,StartDateUTC,EndDateUTC,TimeZone," +
  "TaskName,TaskAbbrev,TaskType,IsPublished,IsStruck";

/** A token is not used in its last minute. */
const MARGIN = 60_000;

type Schedule = Extract<FeedRequest, { kind: "qgenda" }>;

/** Fetches schedules, each piece a page. One token serves an account until it expires. */
export function qgendaSchedules(limits: Limits): (request: Schedule) => Promise<readonly FeedPage[]> {
  const tokens = new Map<string, Token>();

  return async ({ account: text, from, to }) => {
    const account = qgendaAccount(text);
    const key = createHash("sha256").update(text).digest("hex");
    const known = tokens.get(key);
    const isKnown = known !== undefined && performance.now() < known.until;
    tokens.delete(key);
    const session = await newSession(account, isKnown ? known : undefined, limits);
    try {
      return await piecesOf(session, from, to, limits.maximum);
    } finally {
      tokens.set(key, session.token());
    }
  };
}

interface Token {
  readonly value: string;
  /** By the process's steady clock. */
  readonly until: number;
}

interface Session {
  /** One piece of the schedule, its body not read yet; logs in anew, once, when the token is not accepted any more. */
  piece(
    from: number,
    to: number,
  ): Promise<{ readonly answer: IncomingMessage; body(maximum: number): Promise<Uint8Array> }>;
  token(): Token;
}

async function newSession(
  account: QgendaAccount,
  known: Token | undefined,
  limits: Limits,
): Promise<Session> {
  let token = known ?? (await login(account, limits));
  let isNew = known === undefined;

  const piece: Session["piece"] = async (from, to) => {
    const authorization = `bearer ${token.value}`;
    const call = await request(scheduleUrl(account, from, to), limits, { authorization });
    if (call.answer.statusCode === 200) return call;
    if (call.answer.statusCode !== 401) throw refusedBy(call.answer);
    call.answer.destroy();
    if (isNew) throw new AttuneError("rejected", "QGenda accepts its own token for nothing (401)");
    [token, isNew] = [await login(account, limits), true];
    return piece(from, to);
  };
  return { piece, token: () => token };
}

async function login({ email, password, address }: QgendaAccount, limits: Limits): Promise<Token> {
  const form = new URLSearchParams({ email, password });
  const { answer, body } = await request(new URL(`${address.href}/login`), limits, {}, form);
  const { statusCode = 0 } = answer;
  if (statusCode === 400 || statusCode === 401 || statusCode === 403) {
    answer.destroy();
    throw new AttuneError("rejected", `QGenda does not accept the e-mail with the password (${statusCode})`);
  }
  if (statusCode !== 200) throw refusedBy(answer);
  const found = tokenIn(Buffer.from(await body(LONGEST_LOGIN)).toString("utf8"));
  if (found === undefined) throw new AttuneError("rejected", "QGenda's login answers without a token");
  return found;
}

/** Bytes of an answer to a login. */
const LONGEST_LOGIN = 100_000;

function tokenIn(text: string): Token | undefined {
  let given: { readonly access_token?: unknown; readonly expires_in?: unknown } | null;
  try {
    given = JSON.parse(text) as typeof given;
  } catch {
    return undefined;
  }
  const value = given?.access_token;
  if (typeof value !== "string" || value === "") return undefined;
  const seconds = Number(given?.expires_in);
  return { value, until: performance.now() + (Number.isFinite(seconds) ? seconds * 1_000 - MARGIN : 0) };
}

/** Every piece from the first day to the last one; where one fails, there are none. */
async function piecesOf(session: Session, first: DateText, last: DateText, maximum: number) {
  const [from, to] = [dayOf(first), dayOf(last)];
  const pages: FeedPage[] = [];
  let days = DAYS_PACKED;
  let room = maximum;
  for (let start = from; start <= to;) {
    const end = Math.min(start + days - 1, to);
    const { answer, body } = await session.piece(start, end);
    const isPacked = !["", "identity"].includes(answer.headers["content-encoding"] ?? "");
    if (!isPacked && end - start >= DAYS_PLAIN) {
      // Of what comes unpacked, all after the 31st day is missing without a word.
      answer.destroy();
      days = DAYS_PLAIN;
      continue;
    }
    const bytes = await body(room);
    room -= bytes.length;
    pages.push({ address: `days ${start} to ${end}`, bytes, mark: {} });
    start = end + 1;
  }
  return pages;
}

async function request(
  url: URL,
  limits: Limits,
  headers: Readonly<Record<string, string>>,
  form?: URLSearchParams,
) {
  const signal = AbortSignal.timeout(limits.timeout);
  const failed = (error: unknown) => told(error, signal, limits.timeout);
  const given = { accept: "application/json", "accept-encoding": "br, gzip", ...headers };
  try {
    const answer = await ask({
      url,
      headers: given,
      publicOnly: false,
      signal,
      proxyOf: limits.proxyOf,
      ...(form && { form }),
    });
    return {
      answer,
      body: (maximum: number) =>
        bodyOf(answer, maximum).catch((error: unknown) => {
          throw failed(error);
        }),
    };
  } catch (error) {
    throw failed(error);
  }
}

function scheduleUrl({ address, companyKey }: QgendaAccount, from: number, to: number): URL {
  const url = new URL(`${address.href}/schedule`);
  if (companyKey !== undefined) url.searchParams.set("companyKey", companyKey);
  url.searchParams.set("startDate", american(from));
  url.searchParams.set("endDate", american(to));
  url.searchParams.set("$select", FIELDS);
  url.searchParams.set("$orderby", "StartDate");
  return url;
}

const dayOf = (date: DateText): number => Date.parse(`${date}T00:00:00Z`) / DAY;

/** As the interface wants dates: 12/31/2026. */
function american(day: number): string {
  const [year, month, date] = new Date(day * DAY).toISOString().slice(0, 10).split("-");
  return `${month}/${date}/${year}`;
}
