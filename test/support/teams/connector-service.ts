import type { IncomingMessage } from "node:http";
import { listening } from "./listening.ts";

/** A message as the service keeps it. */
export interface Kept {
  readonly id: string;
  readonly conversation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly at: number;
  readonly body: unknown;
}

export interface ConnectorService extends AsyncDisposable {
  /** Its own service URL, as activities name it. */
  readonly url: string;
  /** Everything that was asked of it, in its order. */
  readonly asked: readonly Asked[];
  /** What stands in a chat, oldest first. */
  chat(conversation: string): readonly Kept[];
  /** The next requests are answered like this, one after another, and do nothing. */
  refuse(...answers: readonly { status: number; body?: unknown; headers?: Record<string, string> }[]): void;
  /** The connection of the next request breaks, before the service did what was asked or after. */
  break(when: "before" | "after"): void;
  /** The messages of this chat can be edited no more: an edit is answered with this status. */
  refusesEdits(conversation: string, status: number, body?: unknown): void;
  /** The connection of the next new message into this chat breaks once it has arrived. */
  breakNextPost(conversation: string): void;
  /** Nothing can be written into this chat any more. */
  block(conversation: string): void;
  /** Somebody deletes a message, or a retention rule does. */
  remove(id: string): void;
  /** Who is found under an id of a chat's member. */
  readonly members: Map<string, Readonly<Record<string, unknown>>>;
  /** Refuses with 429 whoever writes more often into one chat than Teams admits in a second. */
  strict: boolean;
}

/** The Bot Connector's writing side, as a test owns it: it records, rejects and throttles. */
export async function connectorService(): Promise<ConnectorService> {
  const asked: Asked[] = [];
  const messages: Kept[] = [];
  const refusals: { status: number; body?: unknown; headers?: Record<string, string> }[] = [];
  const breaks: ("before" | "after")[] = [];
  const blocked = new Set<string>();
  const members = new Map<string, Readonly<Record<string, unknown>>>();
  const writes = new Map<string, number[]>();
  const unedited = new Map<string, { readonly status: number; readonly body: unknown }>();
  const breakingPosts = new Set<string>();
  let ids = 0;

  const act = (method: string, [conversation = "", what, id = ""]: readonly string[], body: unknown) => {
    if (what === "members") {
      const member = members.get(id);
      return member === undefined ? { status: 404, body: {} } : { status: 200, body: member };
    }
    if (blocked.has(conversation)) {
      return { status: 403, body: { error: { code: "MessageWritesBlocked", message: "blocked" } } };
    }
    const kept = body as Kept["body"];
    if (method === "POST") {
      const message = { id: `m${++ids}`, conversation, body: kept };
      messages.push(message);
      return { status: 201, body: { id: message.id } };
    }
    const refusal = unedited.get(conversation);
    if (refusal !== undefined) return refusal;
    const index = messages.findIndex((one) => one.id === id && one.conversation === conversation);
    if (index < 0) return { status: 404, body: { error: { code: "ActivityNotFoundInConversation" } } };
    if (method === "DELETE") {
      messages.splice(index, 1);
      return { status: 200, body: {} };
    }
    messages[index] = { id, conversation, body: kept };
    return { status: 200, body: { id } };
  };

  const isTooOften = (conversation: string): boolean => {
    const now = performance.now();
    const last = (writes.get(conversation) ?? []).filter((at) => at > now - 1_000);
    writes.set(conversation, [...last, now]);
    return last.length >= 7;
  };

  const pathOf = (request: IncomingMessage): readonly string[] =>
    (request.url ?? "").split("/v3/conversations/")[1]?.split("/").map(decodeURIComponent) ?? [];

  const service = {
    strict: false,
    asked,
    members,
    chat: (conversation: string) => messages.filter((one) => one.conversation === conversation),
    refuse: (...answers: typeof refusals) => void refusals.push(...answers),
    break: (when: "before" | "after") => void breaks.push(when),
    remove: (id: string) =>
      void messages.splice(
        messages.findIndex((one) => one.id === id),
        1,
      ),
    refusesEdits: (conversation: string, status: number, body: unknown = {}) =>
      void unedited.set(conversation, { status, body }),
    breakNextPost: (conversation: string) => void breakingPosts.add(conversation),
    block: (conversation: string) => void blocked.add(conversation),
  };
  const server = await listening((request, body, answer) => {
    const { method = "", url: path = "", headers } = request;
    asked.push({ method, path, authorization: headers.authorization, at: performance.now(), body });
    const breaking = breaks.shift();
    if (breaking === "before") return request.socket.destroy();
    const refusal = refusals.shift();
    if (refusal !== undefined) return answer(refusal.status, refusal.body, refusal.headers);
    const [conversation = "", ...rest] = pathOf(request);
    if (service.strict && isTooOften(conversation)) return answer(429, {}, { "retry-after": "1" });
    const done = act(method, [conversation, ...rest], body);
    const isCut = method === "POST" && breakingPosts.delete(conversation);
    if (isCut || breaking === "after") return request.socket.destroy();
    return answer(done.status, done.body);
  });
  return Object.assign(service, {
    url: `${server.url}/`,
    [Symbol.asyncDispose]: () => server.close(),
  });
}
