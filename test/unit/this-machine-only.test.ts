import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";

it.each(["http://example.org/", "https://login.microsoftonline.com/", "http://192.0.2.1/"])(
  "no test reaches %s",
  async (address) => {
    await expect(fetch(address)).rejects.toMatchObject({
      cause: { code: "ECONNREFUSED", message: expect.stringContaining("not this machine") },
    });
  },
);

it.each(["127.0.0.1", "localhost"])("this machine's own servers are reached, at %s", async (host) => {
  const server = createServer((_, response) => response.end("here")).listen(0, host);
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;

  const text = await (await fetch(`http://${host}:${port}/`)).text();
  server.close();

  expect(text).toBe("here");
});
