import { describe, expect, it } from "vitest";
import { openPlayground } from "#test/support/web/playground.ts";

describe("who may read the playground", () => {
  it.each(["127.0.0.1:3000", "localhost", "localhost:80", "LOCALHOST:3000", "[::1]:3000"])(
    "answers to this machine's own name %s",
    async (host) => {
      await using web = await openPlayground();

      const answer = await web.fetch("/", { headers: { host } });

      expect(answer.status).toBe(200);
    },
  );

  it.each(["evil.example", "127.0.0.1.evil.example", "0.0.0.0:3000", "127.0.0.1:3000.evil", ""])(
    "does not answer under the name %j",
    async (host) => {
      await using web = await openPlayground();

      const answer = await web.fetch("/", { headers: { host } });

      expect(answer.status).toBe(403);
    },
  );

  it("lets a link from elsewhere lead here, and nothing else from elsewhere", async () => {
    await using web = await openPlayground();
    const from = (mode: string) => ({ headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": mode } });

    const followed = await web.fetch("/", from("navigate"));
    const fetched = await web.fetch("/phone?person=r1&seat=1", from("cors"));

    expect([followed.status, fetched.status]).toEqual([200, 403]);
  });

  it("allows scripts and styles of its own only, no frame around it, and no cache", async () => {
    await using web = await openPlayground();

    const { headers } = await web.fetch("/");

    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("has no script, style or handler inside the page", async () => {
    await using web = await openPlayground();

    const page = await (await web.fetch("/")).text();

    expect(page.match(/<script(?![^>]* src=)/g)).toBeNull();
    expect(page.match(/<style| style=| on\w+=/g)).toBeNull();
  });
});

describe("what a page has to bring to change something", () => {
  const saying = { person: "r1", event: "7b0f4a52-6a53-4a0e-9f3c-2f6f5f0f6a01", text: "help" };

  it("takes what this process's own page sends", async () => {
    await using web = await openPlayground();

    const answer = await web.post("/say", saying);

    expect(answer.status).toBe(200);
    expect(web.received).toHaveLength(1);
  });

  it("takes no token of another process", async () => {
    await using web = await openPlayground();
    await using earlier = await openPlayground();
    const page = await (await earlier.fetch("/")).text();
    const token = /name="attune-token" content="([^"]+)"/.exec(page)![1]!;

    const answer = await web.post("/say", saying, { "x-attune-token": token });

    expect(answer.status).toBe(403);
    expect(web.received).toEqual([]);
  });

  it("refuses in the language of whoever asked", async () => {
    await using web = await openPlayground();
    const refusedIn = async (language: string) => {
      const answer = await web.post("/say", "{", { "accept-language": language });
      return ((await answer.json()) as { text: string }).text;
    };

    expect(await refusedIn("en")).toBe("That was not readable JSON. Nothing was kept.");
    expect(await refusedIn("ja,en;q=0.5")).toBe("JSONとして読み取れませんでした。何も保存していません。");
  });

  it("says which kinds of request an address takes", async () => {
    await using web = await openPlayground();

    const read = await web.fetch("/say");
    const written = await web.post("/strip", {});

    expect([read.status, read.headers.get("allow")]).toEqual([405, "POST"]);
    expect([written.status, written.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });

  it("names the field that is wrong, and never a name it was sent", async () => {
    await using web = await openPlayground();
    const fieldOf = async (body: object) =>
      ((await (await web.post("/say", body)).json()) as { text: string }).text;

    expect(await fieldOf({ ...saying, text: 7 })).toContain("text");
    expect(await fieldOf({ ...saying, "<b>": 1 })).toContain("body");
  });
});

describe("the page's files", () => {
  it("come under an address that changes with them, and are kept by the browser", async () => {
    await using web = await openPlayground();
    const page = await (await web.fetch("/")).text();
    const address = /href="(\/assets\/[0-9a-f]{16}\/card\.css)"/.exec(page)![1]!;

    const answer = await web.fetch(address);

    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(answer.headers.get("cache-control")).toContain("immutable");
  });

  it("are those in a list, and no others", async () => {
    await using web = await openPlayground();
    const page = await (await web.fetch("/")).text();
    const base = /href="(\/assets\/[0-9a-f]{16})\//.exec(page)![1]!;

    for (const name of ["../guard.ts", "%2e%2e/guard.ts", "font/", "", "card.css%00", "__proto__"]) {
      const answer = await web.fetch(`${base}/${name}`);
      expect([name, answer.status]).toEqual([name, 404]);
    }
  });
});
