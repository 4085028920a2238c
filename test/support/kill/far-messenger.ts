import { request } from "node:http";
import { AttuneError } from "#src/errors.ts";
import type { Address } from "#src/domain/person.ts";
import type { MessageRef, Messenger } from "#src/ports/messenger.ts";
import type { Call } from "./far-side.ts";

/** A messenger over HTTP, with or without a look-up: one connection a call, so that a dead process leaves none open. */
export function farMessenger(port: number, lookup: boolean): Messenger {
  const call = <Result>(asked: Call) => ask(port, asked) as Promise<Result>;
  return {
    platform: "memory",
    supports: { lookup },
    addressOf: (account) => account as Address,
    send: (to, card, key) => call<MessageRef>({ type: "send", to, card, key }),
    update: (ref, card) => call<void>({ type: "edit", ref, card }),
    ...(lookup ? { find: (to, key) => call<MessageRef | undefined>({ type: "find", to, key }) } : {}),
  };
}

function ask(port: number, asked: Call): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const going = request({ port, host: "127.0.0.1", method: "POST", agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (piece: string) => (body += piece));
      response.on("error", () => reject(new AttuneError("ambiguous", "The answer was cut short.")));
      response.on("end", () => {
        const failure = FAILURES[response.statusCode ?? 0];
        if (failure !== undefined) return reject(new AttuneError(failure, "Refused.", { retryAfter: 1_000 }));
        resolve((JSON.parse(body) as { result?: unknown }).result);
      });
    });
    going.on("error", () => reject(new AttuneError("ambiguous", "The connection was cut.")));
    going.end(JSON.stringify(asked));
  });
}

const FAILURES: Readonly<Record<number, AttuneError["code"]>> = {
  403: "unreachable",
  404: "gone",
  429: "rate-limited",
  503: "unavailable",
};
