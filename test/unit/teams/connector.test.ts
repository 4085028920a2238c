import { describe, expect, it } from "vitest";
import { createConnector, isAllowed, type Connector } from "#adapters/teams/connector.ts";
import { AttuneError } from "#src/errors.ts";
import { SILENT } from "#test/support/attune.ts";
import { connectorService, type ConnectorService } from "#test/support/teams/connector-service.ts";
import { listening } from "#test/support/teams/listening.ts";

const CHAT = "a:chat";
const MESSAGE = { type: "message", text: "hello" };

interface Rig extends AsyncDisposable {
  readonly connector: Connector;
  readonly service: ConnectorService;
  /** Every wait that was asked for, in milliseconds; none is really waited for. */
  readonly waits: number[];
}

async function rig(token: () => Promise<string> = async () => "secret"): Promise<Rig> {
  const service = await connectorService();
  const waits: number[] = [];
  let now = 0;
  const connector = createConnector({
    token,
    services: new Set([new URL(service.url).origin]),
    tenant: "t",
    log: SILENT,
    now: () => now,
    async sleep(milliseconds) {
      waits.push(milliseconds);
      now += milliseconds;
    },
  });
  return { connector, service, waits, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

const failed = async (work: Promise<unknown>): Promise<AttuneError> => {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof AttuneError)) throw new Error("It should have failed with an AttuneError.");
  return error;
};

describe("a send", () => {
  it.each([
    [400, "rejected"],
    [401, "unavailable"],
    [403, "unreachable"],
    [404, "unreachable"],
    [408, "ambiguous"],
    [413, "rejected"],
    [500, "ambiguous"],
    [502, "ambiguous"],
    [503, "ambiguous"],
    [504, "ambiguous"],
  ])("goes out once when %i is the answer, which means %s", async (status, code) => {
    await using teams = await rig();
    teams.service.refuse({ status });

    const error = await failed(teams.connector.send(teams.service.url, CHAT, MESSAGE));

    expect(error.code).toBe(code);
    expect(teams.service.asked).toHaveLength(1);
    expect(teams.waits).toEqual([]);
  });

  it.each(["before", "after"] as const)(
    "goes out once when the connection breaks %s it arrived",
    async (when) => {
      await using teams = await rig();
      teams.service.break(when);

      const error = await failed(teams.connector.send(teams.service.url, CHAT, MESSAGE));

      expect(error.code).toBe("ambiguous");
      expect(teams.service.asked).toHaveLength(1);
      expect(teams.service.chat(CHAT)).toHaveLength(when === "after" ? 1 : 0);
    },
  );

  it("has not left when nobody listens", async () => {
    await using teams = await rig();
    await teams.service[Symbol.asyncDispose]();

    const error = await failed(teams.connector.send(teams.service.url, CHAT, MESSAGE));

    expect(error.code).toBe("unavailable");
  });

  it("has not left when there is no token", async () => {
    await using teams = await rig(() => Promise.reject(new Error("AADSTS7000215")));

    const error = await failed(teams.connector.send(teams.service.url, CHAT, MESSAGE));

    expect(error.code).toBe("unavailable");
    expect(teams.service.asked).toEqual([]);
  });

  it.each([429, 412])("is tried again after %i, for as long as was asked", async (status) => {
    await using teams = await rig();
    teams.service.refuse(
      { status, headers: { "retry-after": "2" } },
      { status, headers: { "retry-after": "1" } },
    );

    await teams.connector.send(teams.service.url, CHAT, MESSAGE);

    expect(teams.waits).toEqual([2_000, 1_000]);
    expect(teams.service.chat(CHAT)).toHaveLength(1);
  });

  it("waits longer each time where nobody says for how long, and then hands on how long", async () => {
    await using teams = await rig();
    const status = 429;
    teams.service.refuse({ status }, { status }, { status }, { status });

    const error = await failed(teams.connector.send(teams.service.url, CHAT, MESSAGE));

    expect(error.code).toBe("rate-limited");
    expect(error.retryAfter).toBeGreaterThanOrEqual(4_000);
    expect(teams.waits).toHaveLength(3);
    expect(teams.waits).toEqual([...teams.waits].sort((a, b) => a - b));
    expect(teams.service.asked).toHaveLength(4);
  });

  it("does not sit out a long wait", async () => {
    await using teams = await rig();
    teams.service.refuse({ status: 429, headers: { "retry-after": "60" } });

    const error = await failed(teams.connector.send(teams.service.url, CHAT, MESSAGE));

    expect([error.code, error.retryAfter]).toEqual(["rate-limited", 60_000]);
  });

  it("keeps to what one chat admits: 7 a second, 8 in two, 60 in thirty", async () => {
    await using teams = await rig();

    await Promise.all(
      Array.from({ length: 20 }, () => teams.connector.send(teams.service.url, CHAT, MESSAGE)),
    );

    expect(teams.service.chat(CHAT)).toHaveLength(20);
    expect(teams.waits.reduce((sum, wait) => sum + wait, 0)).toBe(4_000);
  });

  it("keeps to what the tenant admits: 50 a second over all chats", async () => {
    await using teams = await rig();

    await Promise.all(
      Array.from({ length: 51 }, (_, i) => teams.connector.send(teams.service.url, `chat ${i}`, MESSAGE)),
    );

    expect(teams.waits).toEqual([1_000]);
  });

  it("is given up when a chat's next half minute is full", async () => {
    await using teams = await rig();
    const sends = Array.from({ length: 61 }, () => teams.connector.send(teams.service.url, CHAT, MESSAGE));

    const failures = (await Promise.allSettled(sends)).filter(({ status }) => status === "rejected");

    expect(failures).toEqual([
      { status: "rejected", reason: expect.objectContaining({ code: "rate-limited" }) },
    ]);
    expect(teams.service.chat(CHAT)).toHaveLength(60);
  });
});

describe("our token", () => {
  it("goes to no service but Teams'", async () => {
    await using teams = await rig();
    await using other = await connectorService();

    const error = await failed(teams.connector.send(other.url, CHAT, MESSAGE));

    expect(error.code).toBe("rejected");
    expect(other.asked).toEqual([]);
  });

  it("does not follow a redirect", async () => {
    await using teams = await rig();
    await using other = await connectorService();
    teams.service.refuse({ status: 307, headers: { location: other.url } });

    const error = await failed(teams.connector.send(teams.service.url, CHAT, MESSAGE));

    expect(error.code).toBe("rejected");
    expect(other.asked).toEqual([]);
  });

  it.each([
    ["https://smba.trafficmanager.net/amer/", true],
    ["https://smba.trafficmanager.net/jp/22222222/", true],
    ["http://smba.trafficmanager.net/amer/", false],
    ["https://smba.trafficmanager.net:444/", false],
    ["https://user@smba.trafficmanager.net/", false],
    ["https://smba.trafficmanager.net.example/", false],
    ["https://smba.trafficmanager.net/?to=evil", false],
    ["https://example/smba.trafficmanager.net", false],
    ["", false],
  ])("may go to %s: %s", (service, may) => {
    expect(isAllowed(service, new Set(["smba.trafficmanager.net"]))).toBe(may);
  });
});

it("cannot be led out of a conversation by its name", async () => {
  await using teams = await rig();

  await teams.connector.send(teams.service.url, "a/../../b?c#d", MESSAGE);

  expect(teams.service.asked[0]!.path).toBe("/v3/conversations/a%2F..%2F..%2Fb%3Fc%23d/activities");
});

it("edits in the order in which it was asked to, also when the first is refused", async () => {
  await using teams = await rig();
  const id = await teams.connector.send(teams.service.url, CHAT, MESSAGE);
  teams.service.refuse({ status: 412 });

  await Promise.all(
    ["first", "second"].map((text) => teams.connector.edit(teams.service.url, CHAT, id, { text })),
  );

  expect(teams.service.chat(CHAT).map(({ body }) => body["text"])).toEqual(["second"]);
});

it("says nothing of an answer's own words, which may be ours", async () => {
  const server = await listening((_request, _body, answer) =>
    answer(400, { error: { code: "BadSyntax", message: "cannot read: secret text" } }),
  );
  const connector = createConnector({
    token: async () => "secret",
    services: new Set([server.url]),
    tenant: "t",
    log: SILENT,
    now: () => 0,
    sleep: async () => {},
  });

  const error = await failed(connector.send(server.url, CHAT, MESSAGE));
  await server.close();

  expect(error.message).toBe("Teams refused a send: 400 BadSyntax.");
});
