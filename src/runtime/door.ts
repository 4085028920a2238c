import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { sentenceOf } from "#adapters/web/guard.ts";
import { createBodies, type Bodies, type Unread } from "./bodies.ts";
import type { Log } from "#src/ports/log.ts";

export interface DoorDeps {
  /** Answers a request whose body was read, and stands in its `rawBody` as `@hono/node-server` expects it. */
  readonly answer: RequestListener;
  /** Bytes of the largest body that is taken at a path, whatever the method. */
  largestBody(path: string): number;
  readonly bodies?: Bodies;
  readonly log: Log;
}

/**
 * What every request comes through. Nobody behind it sees a body that is not whole, or larger than they take; what is
 * refused here is told so in a sentence, and its connection is closed.
 */
export interface Door {
  /** A connection is there. */
  arrived(socket: Socket): void;
  enter(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /** The same for one who waits with the body until they are told to go on (`Expect: 100-continue`). */
  ask(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /**
   * From now on every request is turned away, and a connection is closed as soon as nothing is under way on it. Calls
   * `done` once all that was let in before is answered.
   */
  close(done: () => void): void;
}

/** Why a request is turned away. */
type Reason = Exclude<Unread, "gone"> | "closing";

const STATUS: Readonly<Record<Reason, number>> = {
  size: 413,
  packed: 415,
  slow: 408,
  crowded: 503,
  closing: 503,
};
/** Milliseconds that a request which is half sent has left when the process closes. */
const LATE = 5_000;
/** Milliseconds and bytes for which somebody is heard out who is refused: whoever is cut off mid-word reads no answer. */
const LINGER = 500;
const LINGER_BYTES = 131_072;
/** Seconds. */
const RETRY_AFTER = 5;

export function createDoor({ answer, largestBody, bodies = createBodies(), log }: DoorDeps): Door {
  const sockets = new Set<Socket>();
  /** What was let in and is not answered yet, the oldest first, each with its connection. */
  const inside = new Map<ServerResponse, Socket>();
  let closing: { readonly done: () => void } | undefined;

  const isBusy = (socket: Socket): boolean => [...inside.values()].includes(socket);

  const closed = (outgoing: ServerResponse): void => {
    const socket = inside.get(outgoing);
    if (socket === undefined) return;
    inside.delete(outgoing);
    if (closing === undefined) return;
    if (!isBusy(socket)) socket.destroySoon();
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
    if (read === "gone") {
      if (!incoming.destroyed) log.warn({}, "a request that is half sent hangs and is left");
      return void incoming.socket.destroy();
    }
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
      // Of several that wait on one connection the last one closes it.
      const last = new Map([...inside].map(([outgoing, socket]) => [socket, outgoing]));
      for (const outgoing of last.values())
        if (!outgoing.headersSent) outgoing.setHeader("connection", "close");
      for (const socket of sockets) if (!last.has(socket)) socket.destroySoon();
      if (inside.size === 0) done();
    },
  };
}

/** As it stands in the request: what is written in another way than a route is given the modest limit of an unknown one. */
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

/** The answer is out. What still comes is thrown away, but not for ever: then the connection is closed. */
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
