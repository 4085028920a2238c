import { connect } from "node:net";

/** How long a body says that it is. */
export type Framing = "chunked" | "told" | "understated";

export interface Flood {
  readonly method: string;
  readonly path: string;
  readonly framing: Framing;
  /** Bytes of the whole body. */
  readonly bytes: number;
  /** Milliseconds of silence after `before` bytes; the rest is never sent. */
  readonly stall?: { readonly before: number };
}

export interface Flooded {
  /** Of the first answer; undefined when there was none. */
  readonly status: number | undefined;
  /** The whole of what was answered. */
  readonly answer: string;
  /** Bytes that could be written before the server had enough. */
  readonly sent: number;
}

const PIECE = Buffer.alloc(65_536, "x");

/** Sends a body as fast as it is taken, until all is sent or the server ends the connection. */
export function flood(url: string, { method, path, framing, bytes, stall }: Flood): Promise<Flooded> {
  const { hostname, port, host } = new URL(url);
  const length = framing === "told" ? bytes : 64;
  const head = [
    `${method} ${path} HTTP/1.1`,
    `host: ${host}`,
    "content-type: application/json",
    framing === "chunked" ? "transfer-encoding: chunked" : `content-length: ${length}`,
    "",
    "",
  ].join("\r\n");
  const piece =
    framing === "chunked"
      ? Buffer.concat([Buffer.from(`${PIECE.length.toString(16)}\r\n`), PIECE, Buffer.from("\r\n")])
      : PIECE;
  const most = stall?.before ?? bytes;
  return new Promise((resolve) => {
    let answer = "";
    let sent = 0;
    let isOver = false;
    const socket = connect(Number(port), hostname);
    const send = (): void => {
      while (!isOver && sent < most) {
        sent += PIECE.length;
        if (!socket.write(piece)) return;
      }
    };
    socket.on("connect", () => {
      socket.write(head);
      send();
    });
    socket.on("drain", send);
    socket.on("data", (read) => (answer += read.toString("latin1")));
    socket.on("end", () => (isOver = true));
    socket.on("error", () => (isOver = true));
    socket.on("close", () => {
      isOver = true;
      const status = /^HTTP\/1\.1 (\d{3})/u.exec(answer)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status), answer, sent });
    });
  });
}

/** Sends a byte of a body every so many milliseconds, until the server ends the connection. */
export function dribble(url: string, path: string, every: number): Promise<Pick<Flooded, "status">> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(Number(port), hostname);
    const timer = setInterval(() => socket.write("1\r\nx\r\n"), every);
    socket.write(`POST ${path} HTTP/1.1\r\nhost: ${host}\r\ntransfer-encoding: chunked\r\n\r\n`);
    socket.on("data", (read) => (answer += read.toString("latin1")));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(timer);
      const status = /^HTTP\/1\.1 (\d{3})/u.exec(answer)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status) });
    });
  });
}
