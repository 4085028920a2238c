import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { fill, localeFrom, textsIn } from "./texts-in.ts";
import type { Refusal } from "./texts.ts";
import type { Locale } from "#src/domain/locale.ts";

/** The header with the page's token. It proves that this process served the page. */
export const TOKEN_HEADER = "x-attune-token";

/** The largest body in bytes. No card needs more. */
const BODY_MAXIMUM = 16 * 1024;

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

export const newToken = (): string => randomBytes(24).toString("base64url");

/** The language of a refusal: the page's, else the browser's. */
export const localeOf = (c: Context): Locale =>
  localeFrom(c.req.query("lang"), c.req.header("accept-language"));

/** The answer to a refused request, in one sentence. Nothing was stored. */
export function refuse(
  c: Context,
  status: 400 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 500 | 503,
  refusal: Refusal,
  values: Readonly<Record<string, string>> = {},
): Response {
  const text = fill(textsIn(localeOf(c)).refusals[refusal], values);
  return c.json({ refused: refusal, text }, status);
}

/** The same, for requests that come without a page: in the browser's language. */
export const sentenceOf = (
  refusal: Refusal,
  lang: string | undefined,
  accepted: string | undefined,
): string => textsIn(localeFrom(lang, accepted)).refusals[refusal];

/**
 * Security headers of every answer: scripts, styles and connections only from here, nothing inline, no frame, no caching unless a
 * route allows it.
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
    // The playground uses plain HTTP on loopback, so HTTPS cannot be required.
    strictTransportSecurity: false,
  }),
  async (c, next) => {
    await next();
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  },
];

/** Accepts only this machine's own host names. So a hostile site cannot point its name at the playground. */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  if (!LOOPBACK.test(c.req.header("host") ?? "")) return refuse(c, 403, "host");
  // The browser says where a request comes from. Following a link from another site is allowed, reading from it is not.
  const site = c.req.header("sec-fetch-site");
  const navigates = c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate";
  if (site !== undefined && site !== "same-origin" && site !== "none" && !navigates)
    return refuse(c, 403, "origin");
  return next();
};

/** Checks a POST before its body is read: origin, token, content type and size. */
export const postGuard = (token: string, maxSize = BODY_MAXIMUM): MiddlewareHandler[] => [
  async (c, next) => {
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== `http://${c.req.header("host")}`) return refuse(c, 403, "origin");
    if (!same(c.req.header(TOKEN_HEADER) ?? "", token)) return refuse(c, 403, "token");
    const type = (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
    if (type !== "application/json") return refuse(c, 415, "type");
    return next();
  },
  bodyLimit({ maxSize, onError: (c) => refuse(c, 413, "size") }),
];

function same(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
