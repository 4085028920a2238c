import type { Context } from "hono";
import { streamSSE, type SSEStreamingApi } from "hono/streaming";
import type { PlaygroundDeps } from "./deps.ts";
import { refuse } from "./guard.ts";
import type { HubEvent } from "./hub.ts";
import { clockFace } from "./moments.ts";
import { payloadOf } from "./payload.ts";

/** The largest number of open pages. */
const STREAMS_MAXIMUM = 64;
/** The largest number of waiting events. A page that is further behind must load again. */
const BACKLOG_MAXIMUM = 500;
const HEARTBEAT = 15_000;

type Queued = readonly [event: HubEvent, sequence: number];

/** Server-sent events for open pages: messages as HTML, the clock, and other changes. */
export function eventStream(deps: PlaygroundDeps): (c: Context) => Response {
  let open = 0;
  return (c) => {
    // A HEAD request: nobody would ever close the stream.
    if (c.req.method === "HEAD") return c.body(null, 200, { "Content-Type": "text/event-stream" });
    if (open >= STREAMS_MAXIMUM) return refuse(c, 503, "streams");
    open += 1;
    const shown = c.req.query("since");
    return streamSSE(c, async (stream) => {
      try {
        await follow(deps, stream, shown);
      } finally {
        open -= 1;
      }
    });
  };
}

/** @param shown the last event that the page shows: what came between it and its stream, it has missed */
async function follow(
  deps: PlaygroundDeps,
  stream: SSEStreamingApi,
  shown: string | undefined,
): Promise<void> {
  const queue: Queued[] = [];
  let wake = (): void => {};
  const hasMissed = shown !== undefined && shown !== `${deps.hub.last()}`;
  const leave = deps.hub.subscribe((event, sequence) => {
    if (queue.length > BACKLOG_MAXIMUM) queue.splice(0, queue.length, [{ type: "resync" }, sequence]);
    else queue.push([event, sequence]);
    wake();
  });
  const heart = setInterval(() => {
    queue.push([{ type: "time", now: deps.stage.now() }, 0]);
    wake();
  }, HEARTBEAT);
  stream.onAbort(() => wake());

  try {
    await tell(deps, stream, [{ type: "time", now: deps.stage.now() }, 0]);
    if (hasMissed) await stream.writeSSE({ event: "missed", data: "{}" });
    while (!stream.aborted && !stream.closed) {
      const next = queue.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
      } else if (next[0].type === "close") {
        return;
      } else {
        await tell(deps, stream, next);
      }
    }
  } finally {
    clearInterval(heart);
    leave();
  }
}

async function tell(deps: PlaygroundDeps, stream: SSEStreamingApi, [event, sequence]: Queued): Promise<void> {
  const { stage } = deps;
  const write = (name: string, data: unknown): Promise<void> =>
    stream.writeSSE({ event: name, data: JSON.stringify(data) });
  switch (event.type) {
    case "message":
      await write("message", await payloadOf(stage, event.message, event.edited, sequence));
      return write("time", timeOf(deps));
    case "time":
      return write("time", timeOf(deps));
    case "removed":
      return write("removed", { person: event.person, id: event.id });
    case "chat":
      return write("chat", { person: event.person });
    case "resync":
      await write("resync", {});
      return write("time", timeOf(deps));
    case "close":
      return;
    default:
      return event satisfies never;
  }
}

/** The clock at this moment, in both languages: each page shows its own. */
function timeOf({ stage }: PlaygroundDeps): object {
  const now = stage.now();
  return { now, en: clockFace(now, stage.timeZone, "en"), ja: clockFace(now, stage.timeZone, "ja") };
}
