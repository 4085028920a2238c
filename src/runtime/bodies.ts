import type { IncomingMessage } from "node:http";

/** Why a request's body was not read to its end. `gone`: there is nobody left to be told. */
export type Unread = "size" | "packed" | "slow" | "crowded" | "gone";

export interface BodiesWish {
  /** Bytes that all bodies together may take, those on their way and those that are being answered. */
  readonly budget?: number;
  /** Milliseconds that a body may take to arrive. */
  readonly patience?: number;
}

/** Reads the bodies of all requests, each to its limit and no further, all of them within one budget. */
export interface Bodies {
  /**
   * Resolves to the whole body, empty where there is none, or to why it was not read. What came of it until then is
   * dropped, and no more of it is taken in.
   * @param largest bytes
   */
  read(incoming: IncomingMessage, largest: number): Promise<Held | Unread>;
  /** Gives what is still on its way no more than this many milliseconds; what has not come by then is `gone`. */
  hurry(patience: number): void;
}

/** A body that was read. It counts until it is let go. */
export interface Held {
  readonly body: Buffer;
  letGo(): void;
}

/** Thousands of what Slack and Teams send, or eight of the largest. */
const BUDGET = 8_000_000;
/** Whoever means well is done within a second. */
const PATIENCE = 10_000;
/** Bytes that a body counts for before it has any: its connection and its request are kept meanwhile. */
const ENTRY = 16_384;
const BLOCK = 4_096;

interface Reading {
  /** Milliseconds from now. */
  hurry(patience: number): void;
  end(why: Unread): void;
}

/** One budget for all routes of a server. */
export function createBodies({ budget = BUDGET, patience = PATIENCE }: BodiesWish = {}): Bodies {
  /** The oldest first. */
  const onTheWay = new Set<Reading>();
  let held = 0;

  /** The slowest makes room: whoever means well has sent all at once, and is not held up by a crowd that dawdles. */
  const makeRoom = (): void => {
    for (const oldest of onTheWay) {
      if (held <= budget) return;
      oldest.end("crowded");
    }
  };

  /** What one body counts for, as long as it counts. */
  const account = () => {
    let mine = 0;
    return (bytes: number): void => {
      held += bytes - mine;
      mine = bytes;
    };
  };

  const receive = (incoming: IncomingMessage, largest: number): Promise<Held | Unread> =>
    new Promise((resolve) => {
      const count = account();
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

  return {
    async read(incoming, largest) {
      const { "content-length": length, "content-encoding": encoding = "identity" } = incoming.headers;
      // Nobody who calls Attune packs what is sent, and what is unpacked may be a thousand times as large.
      if (encoding.toLowerCase() !== "identity") return "packed";
      if (Number(length ?? 0) > largest) return "size";
      return receive(incoming, largest);
    },
    hurry(patience) {
      for (const reading of onTheWay) reading.hurry(patience);
    },
  };
}

/** Puts pieces together: large ones as they are, small ones in blocks, since one of a byte is an object of a hundred. */
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
