import type { RequestListener, ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { fileTransfer } from "#adapters/feed/upload.ts";
import { slackFiles } from "#adapters/slack/files.ts";
import { isMicrosoft, teamsFile } from "#adapters/teams/files.ts";
import { proxyFor } from "#src/config/proxy.ts";
import type { FileRead } from "#src/ports/inbound.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { behindProxy } from "#test/support/behind-proxy.ts";

/* Real HTTPS to the platforms' hosts, which only the proxy on this machine leads to. */
const trusted = getCACertificates("default");
afterEach(() => setDefaultCACertificates(trusted));

const [SLACK, TEAMS, FOREIGN] = ["files.slack.com", "hospital.sharepoint.com", "files.example"];
const TOKEN = "xoxb-secret";
const MEGABYTE = 1_000_000;

/** The internet with these hosts, and what a process does there. All that was asked with the token is kept. */
async function internet(answers: Readonly<Record<string, RequestListener>>, timeout = 5_000) {
  const withToken: string[] = [];
  const noted = ([host, answer]: [string, RequestListener]): [string, RequestListener] => [
    host,
    (request, response) => {
      if (JSON.stringify(request.headers).includes(TOKEN)) withToken.push(host);
      answer(request, response);
    },
  ];
  const outside = await behindProxy(Object.fromEntries(Object.entries(answers).map(noted)));
  setDefaultCACertificates([outside.authority]);
  const { download, upload } = fileTransfer((url) => proxyFor(url, { HTTPS_PROXY: outside.proxy }), timeout);
  const slack = slackFiles({ botToken: TOKEN }, download);
  return {
    outside,
    withToken,
    slack: (url: string) => slack({ name: "x.csv", url }).read(),
    teams: (url: string) => teamsFile({ name: "x.csv", url }, download).read(),
    puts: (url: string, text: string) =>
      upload({ url, bytes: new TextEncoder().encode(text), isOurs: isMicrosoft }),
    [Symbol.asyncDispose]: () => outside[Symbol.asyncDispose](),
  };
}

const serving =
  (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(200, headers);
    response.end(body);
  };

const textOf = (read: FileRead): string =>
  "bytes" in read ? Buffer.from(read.bytes).toString() : read.trouble;

/** What whoever gave the file reads. */
const sentence = (read: FileRead, locale: "en" | "ja" = "en"): string =>
  "bytes" in read ? "" : CATALOGUES[locale].files.troubles[read.trouble]("x.csv");

/** So many megabytes for as long as anybody takes them, and how many went. */
function large(megabytes: number) {
  let sent = 0;
  function* parts(): Generator<Buffer> {
    for (; sent < megabytes; sent += 1) yield Buffer.alloc(MEGABYTE, "x");
  }
  const answer: RequestListener = (_, response) => {
    pipeline(Readable.from(parts()), response.writeHead(200), () => undefined);
  };
  return { answer, sent: () => sent };
}

describe("a file that somebody gives", () => {
  it("comes from the platform's own host, with the token where it wants one", async () => {
    await using here = await internet({ [SLACK]: serving("slack"), [TEAMS]: serving("teams") });

    expect(textOf(await here.slack(`https://${SLACK}/T1/x.csv`))).toBe("slack");
    expect(textOf(await here.teams(`https://${TEAMS}/x.csv?tempauth=1`))).toBe("teams");
    expect(here.withToken).toEqual([SLACK]);
  });

  it.each([
    ["another host", `https://${FOREIGN}/x.csv`],
    ["a host that only begins like it", `https://${SLACK}.${FOREIGN}/x.csv`],
    ["the host as a user", `https://${SLACK}@${FOREIGN}/x.csv`],
    ["another port", `https://${SLACK}:8443/x.csv`],
    ["no TLS", `http://${SLACK}/x.csv`],
    ["no address", "x.csv"],
  ])("is not asked for anywhere else, and the sentence says so: %s", async (_, url) => {
    await using here = await internet({ [FOREIGN]: serving("foreign") });

    const [bySlack, byTeams] = [await here.slack(url), await here.teams(url)];

    expect([sentence(bySlack), sentence(byTeams)]).toEqual([
      CATALOGUES.en.files.troubles.elsewhere("x.csv"),
      CATALOGUES.en.files.troubles.elsewhere("x.csv"),
    ]);
    expect(here.outside.tunnels).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])(
    "is not followed to another host, which is not asked and gets no token: %i",
    async (status) => {
      await using here = await internet({
        [SLACK]: (_, response) =>
          void response.writeHead(status, { location: `https://${FOREIGN}/x.csv` }).end(),
        [FOREIGN]: serving("foreign"),
      });

      const read = await here.slack(`https://${SLACK}/x.csv`);

      expect(sentence(read)).toContain("a page for signing in");
      expect(here.outside.tunnels).toEqual([`${SLACK}:443`]);
      expect(here.withToken).toEqual([SLACK]);
    },
  );

  it("that is a page for signing in is named as one, in both languages", async () => {
    const page = serving("<!DOCTYPE html><html><head><title>Slack</title></head></html>", {
      "content-type": "text/html",
    });
    await using here = await internet({ [SLACK]: page });

    const read = await here.slack(`https://${SLACK}/x.csv`);

    expect(sentence(read)).toContain("a page for signing in");
    expect(sentence(read, "ja")).toContain("サインインのページ");
  });

  it.each([
    ["a page", 200, "came a web page"],
    ["a way to one", 302, "came a web page"],
    ["an address that is too old", 401, "could not be fetched. Please send it once more"],
    ["an address that nobody may read any more", 403, "could not be fetched. Please send it once more"],
    ["a file that is gone", 404, "could not be fetched. Please send it once more"],
  ])("of Teams is asked for as it can be had: %s", async (_, status, told) => {
    await using here = await internet({
      [TEAMS]: (_request, response) =>
        void response.writeHead(status, { location: "/sign-in" }).end("<!DOCTYPE html><html></html>"),
    });

    const read = await here.teams(`https://${TEAMS}/x.csv?tempauth=1`);

    expect(sentence(read)).toContain(told);
  });

  it.each([401, 403])("that Slack refuses waits for the permission: %i", async (status) => {
    await using here = await internet({ [SLACK]: (_, response) => void response.writeHead(status).end() });

    const read = await here.slack(`https://${SLACK}/x.csv`);

    expect(sentence(read)).toContain("this app may not read files yet");
  });

  it.each([
    ["says so before", (): RequestListener => serving("", { "content-length": String(50 * MEGABYTE) })],
    [
      "is packed",
      (): RequestListener => serving(gzipSync(Buffer.alloc(50 * MEGABYTE)), { "content-encoding": "gzip" }),
    ],
  ])("of 50 MB that %s is too large", async (_, answer) => {
    await using here = await internet({ [SLACK]: answer() });

    const read = await here.slack(`https://${SLACK}/x.csv`);

    expect(read).toEqual({ trouble: "too-large" });
  });

  it("of 50 MB that does not say so is cut off early", async () => {
    const file = large(50);
    await using here = await internet({ [SLACK]: file.answer });

    const read = await here.slack(`https://${SLACK}/x.csv`);

    expect(read).toEqual({ trouble: "too-large" });
    expect(file.sent()).toBeLessThan(25);
  });

  it.each([
    ["after its head", (response: ServerResponse) => response.writeHead(200).flushHeaders()],
    ["within its body", (response: ServerResponse) => void response.writeHead(200).write("person,start")],
    [
      "within what is packed",
      (response: ServerResponse) =>
        void response
          .writeHead(200, { "content-encoding": "gzip" })
          .write(gzipSync("person").subarray(0, 12)),
    ],
    ["before its head", () => undefined],
    [
      "for good, and the line is cut",
      (response: ServerResponse) => {
        response.writeHead(200, { "content-length": "100" }).write("person,start");
        setTimeout(() => response.destroy(), 50);
      },
    ],
  ])("that stalls %s ends in a sentence", async (_, stalls) => {
    await using here = await internet({ [SLACK]: (__, response) => stalls(response) }, 400);

    const read = await here.slack(`https://${SLACK}/x.csv`);

    expect(sentence(read)).toContain("could not be fetched");
  });
});

describe("a file that is put where a platform made room for it", () => {
  it("arrives whole at its host, and is nowhere else", async () => {
    const got: string[] = [];
    const keeps: RequestListener = (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => void parts.push(part));
      request.on("end", () => {
        got.push(`${request.method} ${request.headers["content-range"]} ${Buffer.concat(parts).toString()}`);
        response.writeHead(201).end();
      });
    };
    await using here = await internet({ [TEAMS]: keeps, [FOREIGN]: keeps });

    const there = await here.puts(`https://${TEAMS}/upload`, "figures");
    const foreign = await here.puts(`https://${FOREIGN}/upload`, "figures");

    expect([there, foreign]).toEqual([true, false]);
    expect(got).toEqual(["PUT bytes 0-6/7 figures"]);
    expect(here.outside.tunnels).toEqual([`${TEAMS}:443`]);
  });

  it("is not there where the host sends it on, refuses it or says nothing", async () => {
    const answers: RequestListener[] = [
      (_, response) => void response.writeHead(307, { location: `https://${FOREIGN}/` }).end(),
      (_, response) => void response.writeHead(507).end(),
      () => undefined,
    ];
    await using here = await internet(
      { [TEAMS]: (request, response) => answers.shift()!(request, response), [FOREIGN]: serving("") },
      400,
    );

    const put = [1, 2, 3].map(() => here.puts(`https://${TEAMS}/upload`, "figures"));

    expect(await Promise.all(put)).toEqual([false, false, false]);
    expect(here.outside.tunnels).not.toContain(`${FOREIGN}:443`);
  });
});
