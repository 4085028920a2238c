import { describe, expect, it } from "vitest";
import { httpFeed } from "#adapters/feed/feed.ts";
import { AttuneError } from "#src/errors.ts";
import type { Feed, FeedPage } from "#src/ports/feed.ts";
import { qgendaServer, type QgendaServer } from "#test/support/feeds/qgenda.ts";

const newFeed = () => httpFeed({ timeout: 30_000, maximum: 100_000 });
const winter = (account: string) =>
  ({ kind: "qgenda", account, from: "2026-11-23", to: "2027-03-31" }) as const;
const summer = (account: string) => ({ ...winter(account), from: "2026-07-01", to: "2026-07-02" });
const PIECES = ["11/23/2026-03/02/2027", "03/03/2027-03/31/2027"];

const labels = (pages: readonly FeedPage[]) =>
  pages.flatMap(({ bytes }) =>
    (JSON.parse(Buffer.from(bytes).toString()) as readonly { TaskName: string }[]).map((one) => one.TaskName),
  );

async function fetched(feed: Feed, account: string) {
  const found = await feed.fetch(winter(account));
  return found.kind === "fresh" ? labels(found.pages) : [];
}

/** How a look fails, with nothing of the account in it. */
async function failure(qgenda: QgendaServer, account = qgenda.account): Promise<AttuneError> {
  const error: unknown = await newFeed()
    .fetch(winter(account))
    .then(
      () => undefined,
      (cause: unknown) => cause,
    );
  expect(error).toBeInstanceOf(AttuneError);
  const { message, stack, cause } = error as AttuneError;
  expect(`${message} ${stack}`).not.toMatch(/secret|chief@|token-\d|0000-11/u);
  expect(cause).toBeUndefined();
  return error as AttuneError;
}

describe("the schedule of an account at QGenda", () => {
  it("comes in pieces of a hundred days, with what is read and nothing else", async () => {
    await using qgenda = await qgendaServer();

    const found = await fetched(newFeed(), qgenda.account);

    expect(found).toEqual(PIECES);
    expect(qgenda.calls).toEqual(["login", ...PIECES.map((days) => `${days} by token-1`)]);
    expect(qgenda.query().get("companyKey")).toBe("0000-11");
    expect(qgenda.query().get("$select")).toMatch(/^StaffEmail,.*,StartDateUTC,.*,IsStruck$/u);
    expect(qgenda.query().get("$select")).not.toMatch(/Phone|Notes|Npi|Pager/u);
  });

  it("comes in pieces of 31 days where nothing is packed, since more would be cut off in silence", async () => {
    await using qgenda = await qgendaServer();
    qgenda.packs = false;

    const found = await fetched(newFeed(), qgenda.account);

    expect(found).toEqual([
      "11/23/2026-12/23/2026",
      "12/24/2026-01/23/2027",
      "01/24/2027-02/23/2027",
      "02/24/2027-03/26/2027",
      "03/27/2027-03/31/2027",
    ]);
  });

  it("needs one login as long as the token is good", async () => {
    await using qgenda = await qgendaServer();
    const feed = newFeed();

    await feed.fetch(summer(qgenda.account));
    await feed.fetch(summer(qgenda.account));

    expect(qgenda.calls.filter((call) => call === "login")).toHaveLength(1);
  });

  it("needs another login when the token's time is nearly over", async () => {
    await using qgenda = await qgendaServer();
    const feed = newFeed();
    qgenda.expires = "60";

    await feed.fetch(summer(qgenda.account));
    await feed.fetch(summer(qgenda.account));

    expect(qgenda.calls.filter((call) => call === "login")).toHaveLength(2);
  });

  it("needs another login when the server does not know the token any more, and goes on", async () => {
    await using qgenda = await qgendaServer();
    const feed = newFeed();
    await feed.fetch(summer(qgenda.account));
    qgenda.forgotten.add("token-1");

    expect(await fetched(feed, qgenda.account)).toEqual(PIECES);
    expect(qgenda.calls.slice(2)).toEqual([
      `${PIECES[0]} by token-1`,
      "login",
      ...PIECES.map((days) => `${days} by token-2`),
    ]);
  });

  it("is not asked for again and again with tokens that are good for nothing", async () => {
    await using qgenda = await qgendaServer();
    for (const token of ["token-1", "token-2"]) qgenda.forgotten.add(token);

    const { code, message } = await failure(qgenda);

    expect(`${code}: ${message}`).toBe("rejected: QGenda accepts its own token for nothing (401)");
    expect(qgenda.calls).toHaveLength(2);
  });

  it("says nothing of the first piece when the second one fails", async () => {
    await using qgenda = await qgendaServer();
    qgenda.refuses.set("03/03/2027", { status: 500 });

    const { code, message } = await failure(qgenda);

    expect(`${code}: ${message}`).toBe("unavailable: the server answers 500");
    expect(qgenda.calls).toHaveLength(3);
  });

  it("is left alone for as long as the server asks", async () => {
    await using qgenda = await qgendaServer();
    qgenda.refuses.set("11/23/2026", { status: 429, headers: { "retry-after": "1800" } });

    const { code, retryAfter } = await failure(qgenda);

    expect([code, retryAfter]).toEqual(["unavailable", 1_800_000]);
  });

  it("is the same again when every piece is", async () => {
    await using qgenda = await qgendaServer();
    const feed = newFeed();
    const first = await feed.fetch(summer(qgenda.account));

    const again = await feed.fetch(summer(qgenda.account), first.kind === "fresh" ? first.pages : []);

    expect([first.kind, again.kind]).toEqual(["fresh", "unchanged"]);
  });
});

describe("an account at QGenda", () => {
  it("that it does not accept is the operator's to mend", async () => {
    await using qgenda = await qgendaServer();

    const { code, message } = await failure(qgenda, qgenda.account.replace("secret", "other-secret"));

    expect(`${code}: ${message}`).toBe("rejected: QGenda does not accept the e-mail with the password (401)");
  });

  it.each([
    ["email=chief@example.org", "lacks the e-mail or the password"],
    ["https://api.example.org/secret", "has a line that is not understood"],
    ["email=chief@example.org\npassword=secret\npassword=secret2", "has a line that is not understood"],
    [
      "email=chief@example.org\npassword=secret\naddress=http://example.org/secret",
      "its address is neither https:",
    ],
  ])("written as %j is refused by what is wrong, not by what it says", async (account, told) => {
    await using qgenda = await qgendaServer();

    expect(await failure(qgenda, account)).toMatchObject({
      code: "rejected",
      message: expect.stringContaining(told),
    });
  });
});
