import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { fill, localeFrom, textsIn } from "./texts-in.ts";
import type { Refusal } from "./texts.ts";
import type { Locale } from "#src/domain/locale.ts";

/** The header in which the page proves that it was served by this very process. */
export const TOKEN_HEADER = "x-attune-token";

/** More than any card of Attune's can say: nothing larger is even read. */
const BODY_MAXIMUM = 16 * 1024;

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

export const newToken = (): string => randomBytes(24).toString("base64url");

/** The language to refuse in: the page names its own, a browser's address bar names its user's. */
export const localeOf = (c: Context): Locale =>
  localeFrom(c.req.query("lang"), c.req.header("accept-language"));

/** A request that is not taken, in one sentence. Nothing was stored. */
export function refuse(
  c: Context,
  status: 400 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 500 | 503,
  refusal: Refusal,
  values: Readonly<Record<string, string>> = {},
): Response {
  const text = fill(textsIn(localeOf(c)).refusals[refusal], values);
  return c.json({ refused: refusal, text }, status);
}

/** Why a request is not taken, in the language of whoever asked: for what is refused before there is a page. */
export const sentenceOf = (
  refusal: Refusal,
  lang: string | undefined,
  accepted: string | undefined,
): string => textsIn(localeFrom(lang, accepted)).refusals[refusal];

/**
 * What every answer carries: scripts, styles and connections from here only, nothing inline, no frame
 * around it, nothing kept by caches unless a route says so.
 */
export const quietHeaders: MiddlewareHandler[] = [
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      fontSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
    // Plain HTTP on loopback: there is no HTTPS to insist on.
    strictTransportSecurity: false,
  }),
  async (c, next) => {
    await next();
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  },
];

/** Names of this machine only, so that a hostile site cannot point its own name at the playground. */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  if (!LOOPBACK.test(c.req.header("host") ?? "")) return refuse(c, 403, "host");
  // A browser says where a request comes from. Following a link is fine, reading from elsewhere is not.
  const site = c.req.header("sec-fetch-site");
  const navigates = c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate";
  if (site !== undefined && site !== "same-origin" && site !== "none" && !navigates)
    return refuse(c, 403, "origin");
  return next();
};

/** What a POST must bring before its body is read: this origin, this process's token, JSON, a modest size. */
export const postGuard = (token: string): MiddlewareHandler[] => [
  async (c, next) => {
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== `http://${c.req.header("host")}`) return refuse(c, 403, "origin");
    if (!same(c.req.header(TOKEN_HEADER) ?? "", token)) return refuse(c, 403, "token");
    const type = (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
    if (type !== "application/json") return refuse(c, 415, "type");
    return next();
  },
  bodyLimit({ maxSize: BODY_MAXIMUM, onError: (c) => refuse(c, 413, "size") }),
];

function same(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
