import { setDefaultCACertificates, getCACertificates } from "node:tls";
import { afterEach, expect, it } from "vitest";
import { httpFeed } from "#adapters/feed/feed.ts";
import { selfSigned } from "#test/support/feeds/certificate.ts";
import { feedServer, serving } from "#test/support/feeds/server.ts";

/* Real TLS on loopback. What is trusted is Node's matter, as NODE_EXTRA_CA_CERTS is in a hospital; the adapter adds nothing to it. */
const trusted = getCACertificates("default");
afterEach(() => setDefaultCACertificates(trusted));

const feed = httpFeed({ timeout: 30_000 });
const look = (address: string) =>
  feed.fetch({ kind: "pages", addresses: [address] }).then(
    (found) =>
      found.kind === "fresh" ? found.pages.map(({ bytes }) => Buffer.from(bytes)).join() : found.kind,
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  );

it("reads a feed whose certificate is trusted, by https: and by webcal:", async () => {
  const certificate = selfSigned();
  setDefaultCACertificates([certificate.cert]);
  await using server = await feedServer(serving("over TLS"), certificate);

  expect(await look(server.url)).toBe("over TLS");
  expect(await look(server.url.replace("https:", "webcal:"))).toBe("over TLS");
});

it.each([
  ["nobody vouches for", selfSigned(), [], "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ["has expired", selfSigned(-1), "own", "CERT_HAS_EXPIRED"],
])("asks nothing of a server whose certificate %s, and says so", async (_, certificate, known, code) => {
  setDefaultCACertificates(known === "own" ? [certificate.cert] : []);
  await using server = await feedServer(serving("never"), certificate);

  expect(await look(server.url)).toBe(`rejected: the server's certificate is not trusted (${code})`);
  expect(server.asked).toEqual([]);
});

it("asks nothing of a server whose certificate is for another name", async () => {
  const certificate = selfSigned();
  setDefaultCACertificates([certificate.cert]);
  await using server = await feedServer(serving("never"), certificate);

  expect(await look(server.url.replace("127.0.0.1", "localhost"))).toBe(
    "rejected: the server's certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)",
  );
});

it("speaks no plain HTTP to a server of another machine, nor TLS to one that has none", async () => {
  await using server = await feedServer(serving("plain"));

  expect(await look(server.url.replace("http:", "webcal:"))).toMatch(
    /^unavailable: the server cannot be reached/u,
  );
  expect(server.asked).toEqual([]);
});
