import type { App, Receiver } from "@slack/bolt";
import type { Callers } from "#src/ports/callers.ts";
import type { PlatformRoute } from "#src/ports/platform.ts";
import { distrusted } from "./signature.ts";

/** The path that Slack calls for events, interactions and commands. */
export const PATH = "/slack/events";

/** The largest body in bytes. Slack's payloads are far smaller. */
const LARGEST = 1_000_000;
/**
 * Receives signed requests on Attune's own server, instead of Bolt's server with its own port. A repeated request may have
 * the same signature, since signatures change every second. So repeats are recognised by their event, and not here.
 */
export function httpReceiver(
  signingSecret: string,
  callers: Callers,
  now: () => number = () => Math.floor(Date.now() / 1_000),
): Receiver & { readonly route: PlatformRoute } {
  let app: App | undefined;
  const handle = async (request: Request): Promise<Response> => {
    const text = await request.text();
    if (text.length > LARGEST) return new Response(null, { status: 413 });
    const signed = {
      signature: request.headers.get("x-slack-signature"),
      timestamp: request.headers.get("x-slack-request-timestamp"),
    };
    const why = distrusted(signingSecret, signed, text, now());
    if (why !== undefined) {
      callers.refused(why);
      return new Response(null, { status: 401 });
    }
    callers.believed();
    const body = bodyOf(request.headers.get("content-type") ?? "", text);
    if (body === undefined) return new Response(null, { status: 400 });
    if (body["type"] === "url_verification") return Response.json({ challenge: body["challenge"] });
    if (body["ssl_check"] !== undefined) return new Response();
    return app === undefined ? new Response(null, { status: 503 }) : answered(app, request, body);
  };

  return {
    route: { method: "POST", path: PATH, largestBody: LARGEST, handle },
    init(given) {
      app = given;
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
}

/** Answers once the app acknowledges. Without an acknowledgement the answer makes Slack deliver it again. */
function answered(app: App, request: Request, body: Record<string, unknown>): Promise<Response> {
  return new Promise((resolve) => {
    const later = () => resolve(new Response(null, { status: 503 }));
    app
      .processEvent({
        body,
        retryNum: Number(request.headers.get("x-slack-retry-num") ?? 0),
        ack: async (answer?: unknown) =>
          resolve(
            answer === undefined || answer === ""
              ? new Response()
              : typeof answer === "string"
                ? new Response(answer)
                : Response.json(answer),
          ),
      })
      .then(later, later);
  });
}

/** Events come as JSON; interactions as JSON within a form; commands as a form. */
function bodyOf(type: string, text: string): Record<string, unknown> | undefined {
  try {
    if (type.startsWith("application/json")) return objectIn(JSON.parse(text));
    if (!type.startsWith("application/x-www-form-urlencoded")) return undefined;
    const form = new URLSearchParams(text);
    const payload = form.get("payload");
    return payload === null ? Object.fromEntries(form) : objectIn(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

const objectIn = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
