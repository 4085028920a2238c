import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen, type Listening } from "#src/runtime/server.ts";
import { SILENT } from "#test/support/attune.ts";

const LARGEST = 20_000;
/** What reached a route: its path, and how long its body was. */
let reached: string[];
let open: PromiseWithResolvers<void>;
let db: Listening;

beforeEach(async () => {
  reached = [];
  open = Promise.withResolvers<void>();
  const app = new Hono();
  app.post("/slow", async (c) => {
    reached.push(`${c.req.query("n")}`);
    await open.promise;
    return c.text(`answer ${c.req.query("n")}`);
  });
  app.all("*", async (c) => {
    const { length } = await c.req.text();
    reached.push(`${c.req.path} ${length}`);
    return c.text(`${length}`);
  });
  db = await listen(app, { port: 0, host: "127.0.0.1" }, { largestBody: () => LARGEST, log: SILENT });
});
afterEach(() => db.server.closeAllConnections());

/** Sends bytes as they are, and resolves to all that is answered until the server closes. */
async function said(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const { hostname, port } = new URL(db.url);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.on("data", (read: Buffer) => (answer += read.toString("latin1"))).on("error", () => undefined);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await closed;
  return answer;
}
const statuses = (answer: string): readonly number[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3})/gu)].map(([, status]) => Number(status));

const HEAD = "POST /x HTTP/1.1\r\nhost: localhost\r\n";
const LAST = `${HEAD}connection: close\r\n`;

describe("a body", () => {
  it("reaches its route whole, however it is cut and told, up to its limit and not beyond", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 4 }),
        fc.boolean(),
        async (lengths, isChunked) => {
          reached = [];
          const size = lengths.reduce((sum, length) => sum + length, 0);
          const parts = lengths.map((length) => "x".repeat(length));

          const answer = isChunked
            ? await said(
                `${LAST}transfer-encoding: chunked\r\n\r\n`,
                ...parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`),
                "0\r\n\r\n",
              )
            : await said(`${LAST}content-length: ${size}\r\n\r\n`, ...parts);

          expect([statuses(answer), reached]).toEqual(size > LARGEST ? [[413], []] : [[200], [`/x ${size}`]]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("that is larger than told, or told twice, or not as it was told, is refused and closes its connection", async () => {
    const wrong = [
      await said(`${HEAD}content-length: 4\r\n\r\n`, "abcdefgh\r\n\r\n"),
      await said(`${HEAD}content-length: 4\r\ncontent-length: 5\r\n\r\nabcde`),
      await said(`${HEAD}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n`),
      await said(`${HEAD}content-length: -1\r\n\r\nabcd`),
      await said(`${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\nabcd`),
      await said(`${HEAD}transfer-encoding: gzip\r\n\r\nabcd`),
    ];

    expect(wrong.map((answer) => statuses(answer).at(-1))).toEqual(wrong.map(() => 400));
  });

  it("that is packed is not unpacked, and not read", async () => {
    const answer = await said(`${HEAD}content-encoding: gzip\r\ncontent-length: 4\r\n\r\nabcd`);

    expect([statuses(answer), reached]).toEqual([[415], []]);
  });

  it("that waits for a word is told to go on when it may come, and refused before it does when not", async () => {
    const asking = `${LAST}expect: 100-continue\r\n`;

    const small = await said(`${asking}content-length: 4\r\n\r\n`, "abcd");
    const large = await said(`${asking}content-length: ${LARGEST + 1}\r\n\r\n`);

    expect([statuses(small), statuses(large)]).toEqual([[100, 200], [413]]);
  });

  it("is told by any of thousands of headers", async () => {
    const within = await said(`${HEAD}${"a:b\r\n".repeat(2_500)}content-length: ${LARGEST + 1}\r\n\r\n`);
    const beyond = await said(`${HEAD}a: ${"b".repeat(17_000)}\r\n\r\n`);

    expect([statuses(within), statuses(beyond)]).toEqual([[413], [431]]);
  });
});

describe("a server that closes", () => {
  const post = (n: number): string =>
    `POST /slow?n=${n} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n`;
  const leaving = (): Promise<void> => new Promise((resolve) => db.server.close(resolve));

  it("answers all that waits on one connection before it closes it", async () => {
    const answers = said(post(1), post(2), post(3));
    await expect.poll(() => reached).toEqual(["1", "2", "3"]);

    const left = leaving();
    open.resolve();
    await left;

    expect((await answers).match(/answer \d/gu)).toEqual(["answer 1", "answer 2", "answer 3"]);
  });

  it("turns away what comes on a connection that is still waited for, and takes nothing of it", async () => {
    const { hostname, port } = new URL(db.url);
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (read: Buffer) => (answer += read.toString()));
    socket.write(post(1));
    await expect.poll(() => reached).toEqual(["1"]);

    const left = leaving();
    socket.write(post(2));
    const other = await said(post(3));
    open.resolve();
    await left;
    await once(socket, "close");

    expect(reached).toEqual(["1"]);
    expect(statuses(answer)[0]).toBe(200);
    expect(answer).toMatch(/\r\nconnection: close\r\n/iu);
    expect(statuses(other)).toEqual([503]);
  });

  it("is left at once when nothing is under way", async () => {
    await leaving();

    expect(statuses(await said(post(1)))).toEqual([503]);
    expect(reached).toEqual([]);
  });
});
