import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { sentenceOf } from "#adapters/web/guard.ts";
import { createBodies, type Bodies, type Unread } from "./bodies.ts";
import type { Log } from "#src/ports/log.ts";

export interface DoorDeps {
  /** Answers a request. Its body was read into `rawBody`, where `@hono/node-server` expects it. */
  readonly answer: RequestListener;
  /** The largest body that is accepted at a path, in bytes. */
  largestBody(path: string): number;
  readonly bodies?: Bodies;
  readonly log: Log;
}

/**
 * Every request comes through here first. Only requests with a complete body within its limit go on. A refused request gets
 * a sentence that says why, and its connection is closed.
 */
export interface Door {
  /** A client has connected. */
  arrived(socket: Socket): void;
  enter(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /** The same for a client that sends its body only after an answer (`Expect: 100-continue`). */
  ask(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /**
   * Refuses every new request from now on, and closes each connection as soon as nothing is under way on it. Calls `done`
   * once all earlier requests are answered.
   */
  close(done: () => void): void;
}

/** Why a request is refused. */
type Reason = Exclude<Unread, "gone"> | "closing";

const STATUS: Readonly<Record<Reason, number>> = {
  size: 413,
  packed: 415,
  slow: 408,
  crowded: 503,
  closing: 503,
};
/** Milliseconds that an incomplete request still has when the process closes. */
const LATE = 5_000;
/** How long (ms) and how much (bytes) is still read from a refused client. If it were cut off at once, it would not read the answer. */
const LINGER = 500;
const LINGER_BYTES = 131_072;
/** Seconds. */
const RETRY_AFTER = 5;

export function createDoor({ answer, largestBody, bodies = createBodies(), log }: DoorDeps): Door {
  const sockets = new Set<Socket>();
  /** Requests that are not answered yet, the oldest first, each with its connection. */
  const inside = new Map<ServerResponse, Socket>();
  let closing: { readonly done: () => void } | undefined;

  const closed = (outgoing: ServerResponse): void => {
    const socket = inside.get(outgoing);
    if (socket === undefined) return;
    inside.delete(outgoing);
    if (closing === undefined) return;
    if (![...inside.values()].includes(socket)) socket.destroySoon();
    if (inside.size === 0) closing.done();
  };

  const turnAway = (incoming: IncomingMessage, outgoing: ServerResponse, reason: Reason): void => {
    refuse(incoming, outgoing, reason);
    closed(outgoing);
  };

  const letIn = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    largest: number,
  ): Promise<void> => {
    inside.set(outgoing, incoming.socket);
    outgoing.once("close", () => closed(outgoing));
    const read = await bodies.read(incoming, largest);
    if (read === "gone") return leave(incoming, log);
    if (typeof read === "string") return turnAway(incoming, outgoing, read);
    outgoing.once("close", read.letGo);
    (incoming as IncomingMessage & { rawBody?: Buffer }).rawBody = read.body;
    answer(incoming, outgoing);
  };

  const enter = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (closing === undefined) void letIn(incoming, outgoing, largestBody(pathOf(incoming)));
    else turnAway(incoming, outgoing, "closing");
  };

  return {
    arrived(socket) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    },
    enter,
    ask(incoming, outgoing) {
      const isTooMuch = Number(incoming.headers["content-length"] ?? 0) > largestBody(pathOf(incoming));
      if (closing === undefined && !isTooMuch) outgoing.writeContinue();
      enter(incoming, outgoing);
    },
    close(done) {
      closing = { done };
      bodies.hurry(LATE);
      hangUp(sockets, inside);
      if (inside.size === 0) done();
    },
  };
}

function leave(incoming: IncomingMessage, log: Log): void {
  if (!incoming.destroyed) log.warn({}, "a request that is half sent hangs and is left");
  incoming.socket.destroy();
}

/** Closes each connection on which nothing is under way. If several requests wait on one, the last one closes it. */
function hangUp(sockets: ReadonlySet<Socket>, inside: ReadonlyMap<ServerResponse, Socket>): void {
  const last = new Map([...inside].map(([outgoing, socket]) => [socket, outgoing]));
  for (const outgoing of last.values()) if (!outgoing.headersSent) outgoing.setHeader("connection", "close");
  for (const socket of sockets) if (!last.has(socket)) socket.destroySoon();
}

/** The path as it is written in the request. One that differs from a route's in any way gets the small limit of unknown paths. */
const pathOf = ({ url = "" }: IncomingMessage): string => url.split("?", 1)[0]!;

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, reason: Reason): void {
  const query = new URLSearchParams(incoming.url?.split("?", 2)[1]);
  const text = sentenceOf(reason, query.get("lang") ?? undefined, incoming.headers["accept-language"]);
  const said = Buffer.from(JSON.stringify({ refused: reason, text }));
  const status = STATUS[reason];
  if (status === 503) outgoing.setHeader("retry-after", RETRY_AFTER);
  outgoing.writeHead(status, {
    connection: "close",
    "content-type": "application/json",
    "content-length": said.length,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  outgoing.write(said);
  hearOut(incoming, () => outgoing.end());
}

/** Reads on after the answer was sent and throws away what comes, for a while. Then it closes the connection. */
function hearOut(incoming: IncomingMessage, done: () => void): void {
  if (incoming.complete) return done();
  let lingered = 0;
  const timer = setTimeout(over, LINGER);
  function over(): void {
    clearTimeout(timer);
    done();
  }
  incoming.on("data", (piece: Buffer) => {
    lingered += piece.length;
    if (lingered > LINGER_BYTES) incoming.pause();
  });
  incoming.once("end", over).once("close", over).resume();
}
