import { AttuneError } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";
import { failure, refusal, UNKNOWN_ACTIVITY, type Doing } from "./errors.ts";
import { limiter } from "./limiter.ts";
import { LIMITS } from "./limits.ts";

/** A message in the connector's format. */
export type Outgoing = Readonly<Record<string, unknown>>;

/** Writes to the Bot Connector. Each request is sent once, within the rate limits of Teams. */
export interface Connector {
  /** The new message's id. */
  send(service: string, conversation: string, message: Outgoing): Promise<string>;
  edit(service: string, conversation: string, activity: string, message: Outgoing): Promise<void>;
  remove(service: string, conversation: string, activity: string): Promise<void>;
  /** One member of a conversation, as the connector describes them. */
  member(service: string, conversation: string, user: string): Promise<unknown>;
}

export interface ConnectorDeps {
  /** Our own token, renewed when needed. Rejects if there is none. */
  token(): Promise<string>;
  /** The hosts to which the token may be sent. */
  readonly services: ReadonlySet<string>;
  readonly tenant: string;
  readonly log: Log;
  /** Milliseconds on a monotonic clock. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Milliseconds after which a request is given up: far less than the engine's lease of 90 s. */
const TIMEOUT = 10_000;
/** The longest wait for the rate limits, in milliseconds. If it would be longer, the caller has to try again. */
const PATIENCE = 5_000;
const TRIES = 4;
const BACK_OFF = 500;

export function createConnector(deps: ConnectorDeps): Connector {
  const inChat = limiter(LIMITS.inChat);
  const inTenant = limiter(LIMITS.inTenant);
  const inTurn = queues();

  const admitted = async (chat: string, doing: Doing): Promise<void> => {
    for (;;) {
      const now = deps.now();
      const wait = Math.ceil(Math.max(inChat.wait(chat, now), inTenant.wait(deps.tenant, now)));
      if (wait > PATIENCE) throw refusal(429, "our own limit", doing, wait);
      if (wait <= 0) {
        inChat.take(chat, now);
        inTenant.take(deps.tenant, now);
        return;
      }
      await deps.sleep(wait);
    }
  };

  const request = (doing: Doing, method: string, to: Target, body?: Outgoing): Promise<unknown> =>
    inTurn(to.conversation, async () => {
      const url = addressOf(to, deps.services);
      for (let tries = 1; ; tries += 1) {
        await admitted(to.conversation, doing);
        const authorization = `Bearer ${await tokenOf(deps)}`;
        const answer = await once(url, method, authorization, doing, body);
        if (answer.ok) return answer.body;
        const isBusy = answer.status === 429 || answer.status === 412;
        const pause = answer.retryAfter ?? BACK_OFF * 2 ** (tries - 1) * (1 + Math.random());
        if (!isBusy) throw refusal(answer.status, answer.code, doing);
        if (tries === TRIES || pause > PATIENCE) throw refusal(answer.status, answer.code, doing, pause);
        deps.log.debug({ status: answer.status, tries }, "Teams asked to wait");
        await deps.sleep(pause);
      }
    });

  return {
    async send(service, conversation, message) {
      const body = await request("send", "POST", { service, conversation, path: ["activities"] }, message);
      const id = typeof body === "object" && body !== null && "id" in body ? body.id : undefined;
      if (typeof id === "string" && id !== "") return id;
      throw new AttuneError("ambiguous", "Teams took a message and did not say which.");
    },
    async edit(service, conversation, activity, message) {
      await request("edit", "PUT", { service, conversation, path: ["activities", activity] }, message);
    },
    async remove(service, conversation, activity) {
      await request("edit", "DELETE", { service, conversation, path: ["activities", activity] });
    },
    member: (service, conversation, user) =>
      request("look-up", "GET", { service, conversation, path: ["members", user] }),
  };
}

/** One request per chat at a time, so that edits arrive in order. */
function queues() {
  const turns = new Map<string, Promise<unknown>>();
  return <Result>(chat: string, work: () => Promise<Result>): Promise<Result> => {
    const turn = (turns.get(chat) ?? Promise.resolve()).then(work, work);
    turns.set(chat, turn);
    const forget = () => {
      if (turns.get(chat) === turn) turns.delete(chat);
    };
    turn.then(forget, forget);
    return turn;
  };
}

interface Target {
  readonly service: string;
  readonly conversation: string;
  readonly path: readonly string[];
}

/** Whether our token may be sent to a service: an allowed host, over HTTPS (HTTP only in tests). */
export function isAllowed(service: string, services: ReadonlySet<string>): boolean {
  if (!URL.canParse(service)) return false;
  const url = new URL(service);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return false;
  return services.has(url.protocol === "https:" ? url.host : url.origin);
}

function addressOf({ service, conversation, path }: Target, services: ReadonlySet<string>): string {
  if (!isAllowed(service, services))
    throw new AttuneError(
      "rejected",
      "A chat names a service that Attune sends no token to: GCC High and DoD are not supported.",
    );
  const parts = ["v3", "conversations", conversation, ...path].map(encodeURIComponent);
  return `${service.replace(/\/+$/u, "")}/${parts.join("/")}`;
}

async function tokenOf(deps: ConnectorDeps): Promise<string> {
  try {
    return await deps.token();
  } catch (cause) {
    throw new AttuneError("unavailable", "There is no token for Teams just now.", { cause });
  }
}

type Answer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly status: number; readonly code: string; readonly retryAfter?: number };

async function once(
  url: string,
  method: string,
  authorization: string,
  doing: Doing,
  body?: Outgoing,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { authorization, "content-type": "application/json" },
      // A redirect could send the token to any host.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return { ok: true, body: parsed(text) };
    const retryAfter = waitOf(response.headers.get("retry-after"));
    return {
      ok: false,
      status: response.status,
      code: isUnknownActivity(text) ? UNKNOWN_ACTIVITY : codeIn(parsed(text)),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  } catch (cause) {
    throw failure(cause, doing);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Besides 404 the connector says so with 400, in a sentence of its own. */
const isUnknownActivity = (text: string): boolean => /not a known activity id/iu.test(text);

/** The connector's error code, if it is a single word. Its message may contain what we sent, so it is not used. */
function codeIn(body: unknown): string {
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : undefined;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^\w{1,60}$/u.test(code) ? code : "";
}

/** The Retry-After header (seconds) in milliseconds. */
function waitOf(header: string | null): number | undefined {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}
