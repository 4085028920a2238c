import { Hono } from "hono";
import { expect, it } from "vitest";
import { listen } from "#src/runtime/server.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };

it("says that HOST is none of ours, and does not blame the port", async () => {
  // Kept for documentation (RFC 5737): no machine has it.
  const there = listen(new Hono(), { port: 0, host: "192.0.2.1" }, { largestBody: () => 0, log });

  await expect(there).rejects.toMatchObject({
    code: "config",
    message:
      "192.0.2.1 is no address of this machine (EADDRNOTAVAIL): set HOST to one, such as 127.0.0.1 or 0.0.0.0.",
  });
});
