import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { feedUrl, isPrivate } from "#adapters/feed/addresses.ts";
import { httpFeed } from "#adapters/feed/feed.ts";
import { AttuneError } from "#src/errors.ts";
import type { RequestListener } from "node:http";
import type { FeedPage, Fetched } from "#src/ports/feed.ts";
import { feedServer, serving, type FeedServer } from "#test/support/feeds/server.ts";

/** It waits as long as a busy machine needs. */
const feed = httpFeed({ timeout: 30_000, maximum: 100_000 });
const hasty = httpFeed({ timeout: 400, maximum: 100_000 });
const look = (...addresses: readonly string[]) => feed.fetch({ kind: "pages", addresses });
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** How a look fails, with no trace of the address in it. */
async function failure(address: string, by = feed): Promise<string> {
  const error = await by.fetch({ kind: "pages", addresses: [address] }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(AttuneError);
  const { code, message, stack, cause } = error as AttuneError;
  expect(`${message} ${stack} ${String(cause)}`).not.toContain("secret-token");
  expect(cause).toBeUndefined();
  return `${code}: ${message}`;
}

describe("one look at a feed", () => {
  it("brings what is new, and says that nothing is when the server knows the version", async () => {
    await using server = await feedServer(serving("first"));

    const first = await look(server.url);
    const known = first.kind === "fresh" ? first.pages : [];
    const again = await feed.fetch({ kind: "pages", addresses: [server.url] }, known);

    expect(known).toMatchObject([{ mark: { etag: '"5"', lastModified: "Mon, 30 Nov 2026 00:00:00 GMT" } }]);
    expect(again).toEqual({ kind: "unchanged" });
    expect(server.asked[1]?.headers).toMatchObject({
      "if-none-match": '"5"',
      "if-modified-since": "Mon, 30 Nov 2026 00:00:00 GMT",
    });
  });

  it("unpacks what comes packed", async () => {
    await using server = await feedServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("packed"));
    });

    const found = await look(server.url);

    expect(found.kind === "fresh" && found.pages.map(({ bytes }) => text(bytes))).toEqual(["packed"]);
  });

  it.each([
    [500, "unavailable: the server answers 500"],
    [429, "unavailable: the server answers 429"],
    [403, "rejected: the server answers 403"],
    [404, "rejected: the server answers 404"],
  ])("tells a passing %d from one that somebody must mend", async (status, told) => {
    await using server = await feedServer((_, response) => response.writeHead(status).end());

    expect(await failure(server.url)).toBe(told);
  });

  it("does not wait for a server that stalls, before its head or in the middle", async () => {
    await using silent = await feedServer(() => undefined);
    await using halting = await feedServer((_, response) => {
      response.writeHead(200);
      response.write("BEGIN:VCALENDAR");
    });

    expect(await failure(silent.url, hasty)).toMatch(/^unavailable: the server took longer/u);
    expect(await failure(halting.url, hasty)).toMatch(/^unavailable: the server took longer/u);
  });

  it("gives up on a feed that grows without end, packed or not", async () => {
    const endless = (encoding: string) =>
      feedServer((_, response) => {
        response.writeHead(200, encoding === "" ? {} : { "content-encoding": encoding });
        const block = Buffer.alloc(50_000, "x");
        if (encoding === "gzip") response.end(gzipSync(Buffer.alloc(5_000_000, "x")));
        const more = () => {
          while (!response.destroyed && response.write(block));
          if (!response.destroyed) response.once("drain", more);
        };
        if (encoding === "") more();
      });
    await using plain = await endless("");
    await using packed = await endless("gzip");

    expect(await failure(plain.url)).toBe("rejected: it is larger than 0 MB");
    expect(await failure(packed.url)).toBe("rejected: it is larger than 0 MB");
  });

  it("does not take half a roster for a whole one", async () => {
    await using server = await feedServer((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("half");
      setTimeout(() => response.destroy(), 20);
    });

    expect(await failure(server.url)).toMatch(/^unavailable/u);
  });

  it.each([
    ["<!DOCTYPE html><title>Sign in</title>", "text/html"],
    ["\uFEFF\n<!-- SSO -->\n<HTML lang=en>", "text/calendar"],
  ])("takes no sign-in page for a roster: %j as %s", async (page, type) => {
    await using server = await feedServer((_, response) =>
      response.writeHead(200, { "content-type": type }).end(page),
    );

    expect(await failure(server.url)).toBe(
      "rejected: the server answers with a web page, as for signing in, and no roster",
    );
  });

  it("follows a redirect on the same server", async () => {
    await using server = await feedServer((request, response) => {
      if (request.url === "/there") response.end("moved");
      else response.writeHead(302, { location: "/there" }).end();
    });

    const found = await look(server.url);

    expect(found.kind === "fresh" && found.pages.map(({ bytes }) => text(bytes))).toEqual(["moved"]);
  });

  it.each([
    "http://127.0.0.1:1/x",
    "https://127.0.0.1/x",
    "https://10.1.2.3/x",
    "https://192.168.0.1/x",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/x",
    "https://[::ffff:10.0.0.1]/x",
    "https://localhost/x",
    "http://example.org/x",
    "file:///etc/passwd",
  ])("does not follow a redirect to %s", async (location) => {
    await using server = await feedServer((_, response) => response.writeHead(302, { location }).end());

    expect(await failure(server.url)).toMatch(
      /^rejected: (?:the server sends us on to an address|its address)/u,
    );
  });

  it("does not run in circles", async () => {
    await using server = await feedServer((_, response) =>
      response.writeHead(301, { location: "/again" }).end(),
    );

    expect(await failure(server.url)).toBe("rejected: the server sends us on and on");
  });

  it.each([
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "127.1",
    "127.0.0.1.",
    "%31%32%37.0.0.1",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]",
    "[::7f00:1]",
    "[2002:7f00:1::]",
    "[64:ff9b::7f00:1]",
    "[fec0::1]",
    "localhost",
  ])("is not led on to this machine, however its address is written: %s", async (host) => {
    await using server = await feedServer((_, response) => {
      response.writeHead(302, { location: `https://${host}:1/secret-token` }).end();
    });

    expect(await failure(server.url)).toMatch(
      /^rejected: the server sends us on to an address of a private network/u,
    );
  });

  it.each([
    ["120", 120_000],
    [new Date(Date.now() + 3_600_000).toUTCString(), 3_600_000],
    ["soon", 0],
  ])("hears for how long it is asked to wait: %s", async (header, expected) => {
    await using server = await feedServer((_, response) =>
      response.writeHead(429, { "retry-after": header }).end(),
    );

    const error = await look(server.url).catch((cause: AttuneError) => cause);

    const { retryAfter } = error as AttuneError;
    expect(Math.abs((retryAfter ?? 0) - expected)).toBeLessThan(60_000);
  });

  it("says that a server is not there", async () => {
    expect(await failure("http://127.0.0.1:1/secret-token")).toBe(
      "unavailable: the server cannot be reached (ECONNREFUSED)",
    );
  });
});

describe("several pages of a feed", () => {
  const pagesOf = async (server: FeedServer, before?: readonly FeedPage[], pages = ["1", "2"]) => {
    const addresses = pages.map((page) => `${server.url}?page=${page}`);
    return feed.fetch({ kind: "pages", addresses }, before);
  };
  const said = (found: Fetched) =>
    found.kind === "fresh" ? found.pages.map(({ bytes }) => text(bytes)) : found.kind;
  const paged =
    (versions: Readonly<Record<string, string>>): RequestListener =>
    (request, response) => {
      const page = new URL(request.url!, "http://localhost").searchParams.get("page")!;
      return serving(`page ${page}, ${versions[page]}`, `"${page} ${versions[page]}"`)(request, response);
    };

  it("are fetched in order; those that are as they were are kept", async () => {
    await using server = await feedServer(paged({ 1: "old", 2: "old" }));
    const first = await pagesOf(server);
    const known = first.kind === "fresh" ? first.pages : [];

    const same = await pagesOf(server, known);
    server.behaves(paged({ 1: "old", 2: "new" }));
    const other = await pagesOf(server, known);

    expect(said(first)).toEqual(["page 1, old", "page 2, old"]);
    expect(said(same)).toBe("unchanged");
    expect(said(other)).toEqual(["page 1, old", "page 2, new"]);
  });

  it("are others when their addresses are, whatever version each is", async () => {
    await using server = await feedServer(paged({ 1: "old", 2: "old", 3: "old" }));
    const first = await pagesOf(server);
    const known = first.kind === "fresh" ? first.pages : [];

    const moved = await pagesOf(server, known, ["2", "3"]);
    const fewer = await pagesOf(server, known, ["2"]);

    expect([said(moved), said(fewer)]).toEqual([["page 2, old", "page 3, old"], ["page 2, old"]]);
  });

  it("are nothing when one fails", async () => {
    await using server = await feedServer((request, response) => {
      if (request.url?.endsWith("2")) response.writeHead(500).end();
      else response.end("page 1");
    });

    await expect(pagesOf(server)).rejects.toMatchObject({
      code: "unavailable",
      message: "the server answers 500",
    });
  });
});

describe("an address", () => {
  it("with webcal: is https:", () => {
    expect(feedUrl(" webcal://example.org/a.ics\n").href).toBe("https://example.org/a.ics");
  });

  it.each(["http://example.org/secret-token", "ftp://example.org/secret-token", "secret-token"])(
    "%s is refused",
    async (address) => {
      expect(await failure(address)).toMatch(/^rejected: its address is/u);
    },
  );

  it.each([
    ["127.0.0.1", true],
    ["0.0.0.0", true],
    ["0.1.2.3", true],
    ["10.255.255.255", true],
    ["100.127.255.254", true],
    ["169.254.169.254", true],
    ["192.0.0.8", true],
    ["192.0.2.1", true],
    ["198.19.255.255", true],
    ["203.0.113.9", true],
    ["224.0.0.1", true],
    ["240.0.0.1", true],
    ["255.255.255.255", true],
    ["::", true],
    ["::1", true],
    ["::7f00:1", true],
    ["::127.0.0.1", true],
    ["::808:808", true],
    ["::ffff:7f00:1", true],
    ["::ffff:0:7f00:1", true],
    ["2002:7f00:1::", true],
    ["2002:a00:1::1", true],
    ["2002:c0a8:101::", true],
    ["64:ff9b::7f00:1", true],
    ["64:ff9b::10.0.0.1", true],
    ["64:ff9b:1::1", true],
    ["64:ff9b:1:ffff::808:808", true],
    ["2001:0:1::1", true],
    ["2001:2::1", true],
    ["2001:20::1", true],
    ["2001:db8::1", true],
    ["3fff::1", true],
    ["4000::1", true],
    ["100::1", true],
    ["fc00::1", true],
    ["fe80::1", true],
    ["fe80::1%eth0", true],
    ["fec0::1", true],
    ["feff::1", true],
    ["ff02::1", true],
    ["nowhere", true],
    ["", true],
    ["1.1.1.1", false],
    ["172.32.0.1", false],
    ["100.128.0.1", false],
    ["::ffff:8.8.8.8", false],
    ["64:ff9b::808:808", false],
    ["2002:808:808::", false],
    ["172.16.4.4", true],
    ["100.64.0.1", true],
    ["fd00::1", true],
    ["::ffff:192.168.1.1", true],
    ["8.8.8.8", false],
    ["2001:4860:4860::8888", false],
  ])("%s is private: %s", (ip, expected) => {
    expect(isPrivate(ip)).toBe(expected);
  });
});
