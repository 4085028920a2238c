import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Card } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import type { DeliveryKey, MessageRef } from "#src/ports/messenger.ts";

/** One message as it stands on the far side. */
export interface Standing {
  readonly ref: MessageRef;
  readonly to: Address;
  readonly key: DeliveryKey;
  card: Card;
  /** Somebody has deleted it: it shows nothing, and cannot be edited. */
  isGone?: true;
}

/** What a call may meet: it is told to wait, turned away, cut before or cut after it was taken, or the process dies with it. */
export type Mishap = "busy" | "closed" | "lost" | "arrived" | "unreachable";

/** Chosen by the test for each call. */
export interface Weather {
  mishap(call: "send" | "edit" | "find", to: Address): Mishap | undefined;
  /** Called before an edit: is the message gone by then? Once gone, it is for good. */
  vanishes?(message: Standing): boolean;
  /** Called when a message is about to stand, and once it does: the test may kill the sender right here. */
  passing(): void;
}

export type Call =
  | { readonly type: "send"; readonly to: Address; readonly card: Card; readonly key: DeliveryKey }
  | { readonly type: "edit"; readonly ref: MessageRef; readonly card: Card }
  | { readonly type: "find"; readonly to: Address; readonly key: DeliveryKey };

/**
 * The far side of a platform, in the test's own process behind HTTP, so that it outlives every process that is
 * killed. Like a real one it stops nobody from posting the same message again.
 */
export interface FarSide extends AsyncDisposable {
  readonly port: number;
  /** Every message, in the order of arrival. */
  readonly messages: readonly Standing[];
  find(ref: MessageRef): Standing | undefined;
  /** Resolves once nothing is on its way any more: what a killed process had written has arrived, or never will. */
  quiet(): Promise<void>;
}

export async function farSide(weather: Weather): Promise<FarSide> {
  const messages: Standing[] = [];
  const open = new Set<Socket>();
  const find = (ref: MessageRef) => messages[Number(ref.slice(1))];

  const take = (call: Call): unknown => {
    if (call.type === "find") return messages.find(({ to, key }) => to === call.to && key === call.key)?.ref;
    if (call.type === "edit") {
      const message = find(call.ref);
      if (message !== undefined) message.card = call.card;
      return undefined;
    }
    weather.passing();
    const ref = `m${messages.length}` as MessageRef;
    messages.push({ ref, to: call.to, key: call.key, card: call.card });
    weather.passing();
    return ref;
  };

  const answer = (call: Call, response: ServerResponse): void => {
    const mishap = weather.mishap(call.type, call.type === "edit" ? find(call.ref)!.to : call.to);
    if (mishap === "lost") return void response.destroy();
    if (mishap === "busy") return void response.writeHead(429, { "retry-after": "1" }).end();
    if (mishap === "closed") return void response.writeHead(503).end();
    if (mishap === "unreachable") return void response.writeHead(403).end();
    const edited = call.type === "edit" ? find(call.ref) : undefined;
    if (edited !== undefined && weather.vanishes?.(edited) === true) edited.isGone = true;
    if (edited?.isGone === true) return void response.writeHead(404).end();
    const result = take(call);
    if (mishap === "arrived") return void response.destroy();
    response.end(JSON.stringify({ result }));
  };

  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece: string) => (body += piece));
    request.on("end", () => answer(JSON.parse(body) as Call, response));
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.on("error", () => {}).on("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    messages,
    find,
    async quiet() {
      // A connection may still wait in the system's queue: it is taken up within a few turns.
      for (let calm = 0; calm < 3; calm = open.size === 0 ? calm + 1 : 0)
        await new Promise((resolve) => setTimeout(resolve, 1));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
