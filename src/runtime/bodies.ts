import type { IncomingMessage } from "node:http";

/** Why a request's body was not read completely. `packed`: it is compressed. `crowded`: too many bodies at once. `gone`: the client has left. */
export type Unread = "size" | "packed" | "slow" | "crowded" | "gone";

export interface BodiesWish {
  /** The memory for all bodies together, in bytes: those that arrive and those whose requests are not answered yet. */
  readonly budget?: number;
  /** How long a body may take to arrive, in milliseconds. */
  readonly patience?: number;
}

/** Reads request bodies: each up to its limit, and all of them within one budget of memory. */
export interface Bodies {
  /**
   * Resolves to the whole body (empty if there is none), or to why it was not read. A body that was not read completely is
   * dropped.
   * @param largest the limit in bytes
   */
  read(incoming: IncomingMessage, largest: number): Promise<Held | Unread>;
  /** Gives bodies that still arrive so many milliseconds. What has not arrived by then is `gone`. */
  hurry(patience: number): void;
}

/** A body that was read. It counts against the budget until `letGo` is called. */
export interface Held {
  readonly body: Buffer;
  letGo(): void;
}

/** Bytes: thousands of what Slack and Teams usually send, or eight of their largest bodies. */
const BUDGET = 8_000_000;
/** Milliseconds. An honest client needs less than a second. */
const PATIENCE = 10_000;
/** Bytes that each body counts for at least: its connection and request take memory too. */
const ENTRY = 16_384;
const BLOCK = 4_096;

interface Reading {
  /** Milliseconds from now. */
  hurry(patience: number): void;
  end(why: Unread): void;
}

/** One budget for all routes of a server. */
export function createBodies({ budget = BUDGET, patience = PATIENCE }: BodiesWish = {}): Bodies {
  /** Bodies that still arrive, the oldest first. */
  const onTheWay = new Set<Reading>();
  let held = 0;

  /** Gives up the oldest bodies when the budget is used up. An honest client is fast, so slow ones cannot block it. */
  const makeRoom = (): void => {
    for (const oldest of onTheWay) {
      if (held <= budget) return;
      oldest.end("crowded");
    }
  };

  /** Counts one body against the budget. */
  const account = () => {
    let mine = 0;
    return (bytes: number): void => {
      held += bytes - mine;
      mine = bytes;
    };
  };

  return {
    async read(incoming, largest) {
      const { "content-length": length, "content-encoding": encoding = "identity" } = incoming.headers;
      // No platform compresses its requests, and unpacking could need a thousand times the memory.
      if (encoding.toLowerCase() !== "identity") return "packed";
      if (Number(length ?? 0) > largest) return "size";
      return receive(incoming, { largest, patience, count: account(), makeRoom, onTheWay });
    },
    hurry(patience) {
      for (const reading of onTheWay) reading.hurry(patience);
    },
  };
}

/** Where one body goes: its limits, and the budget that it counts against. */
interface Arrival {
  /** Bytes. */
  readonly largest: number;
  /** Milliseconds. */
  readonly patience: number;
  count(bytes: number): void;
  makeRoom(): void;
  readonly onTheWay: Set<Reading>;
}

const receive = (
  incoming: IncomingMessage,
  { largest, patience, count, makeRoom, onTheWay }: Arrival,
): Promise<Held | Unread> =>
  new Promise((resolve) => {
    const whole = bodyPieces();
    let size = 0;
    let timer = setTimeout(() => reading.end("slow"), patience);
    const over = (): void => {
      clearTimeout(timer);
      onTheWay.delete(reading);
      incoming.off("data", take).off("end", finish).off("close", lost).off("error", lost);
    };
    const reading: Reading = {
      hurry(patience) {
        clearTimeout(timer);
        timer = setTimeout(() => reading.end("gone"), patience);
      },
      end(why) {
        over();
        incoming.pause();
        count(0);
        resolve(why);
      },
    };
    const take = (piece: Buffer): void => {
      size += piece.length;
      if (size > largest) return reading.end("size");
      whole.add(piece);
      count(ENTRY + size);
      makeRoom();
    };
    const finish = (): void => {
      over();
      count(size);
      resolve({ body: whole.joined(), letGo: () => count(0) });
    };
    const lost = (): void => reading.end("gone");

    onTheWay.add(reading);
    count(ENTRY);
    incoming.on("data", take).on("end", finish).on("close", lost).on("error", lost);
    makeRoom();
  });

/** Collects the pieces of a body. Small ones are copied into blocks: a piece of one byte would take a hundred. */
function bodyPieces() {
  const pieces: Buffer[] = [];
  let block = Buffer.alloc(0);
  let filled = 0;
  const close = (): void => {
    if (filled > 0) pieces.push(block.subarray(0, filled));
    block = Buffer.alloc(0);
    filled = 0;
  };
  return {
    add(piece: Buffer): void {
      if (filled + piece.length > block.length) close();
      if (piece.length >= BLOCK) return void pieces.push(piece);
      if (block.length === 0) block = Buffer.alloc(BLOCK);
      filled += piece.copy(block, filled);
    },
    joined(): Buffer {
      close();
      return Buffer.concat(pieces);
    },
  };
}
