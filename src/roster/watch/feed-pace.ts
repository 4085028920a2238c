import { DAY, HOUR, MINUTE, SECOND } from "#src/domain/time.ts";
import type { FeedRequest } from "#src/ports/feed.ts";

/** Milliseconds between two looks where neither program.yaml nor the feed says more. */
const USUAL = 15 * MINUTE;
/** A roster that is looked at less often than this is not followed any more. */
const LONGEST_PUBLISHED = 12 * HOUR;
/** The first new try comes after this; then it doubles, up to the feed's own interval. */
const FIRST_RETRY = MINUTE;
/** Amion asks to look no more often than every 5 minutes, and shuts out who does (its help, "Programming interface"). */
const AMION = 5 * MINUTE;
/** Nobody is asked to wait for longer, whatever a server writes. */
export const LONGEST_REST = DAY;

/** Milliseconds between two looks. `published` is what the feed asks for; what program.yaml states counts before it. */
export const usualPause = (stated: number | undefined, published: number | undefined): number =>
  stated ?? Math.max(USUAL, Math.min(published ?? 0, LONGEST_PUBLISHED));

/** Milliseconds until the next look, after some failures in a row or none. */
export const nextPause = (failures: number, usual: number, rest: number): number =>
  Math.max(failures === 0 ? usual : Math.min(usual, FIRST_RETRY * 2 ** (failures - 1)), rest);

/**
 * Milliseconds that a server wants to be left alone for, however the last look ended and whoever started anew since.
 *
 * @param asked what it says itself (Retry-After)
 */
export function restOf(format: string, request: FeedRequest | undefined, asked: number | undefined): number {
  const isAmion =
    format.startsWith("amion-") || (request?.kind === "pages" && request.addresses.some(isAtAmion));
  return Math.max(isAmion ? AMION : 0, Math.min(asked ?? 0, LONGEST_REST));
}

const isAtAmion = (address: string): boolean =>
  /^\w+:\/\/(?:[\w.-]+\.)?(?:amion\.com|whoison\.net)(?:[:/?]|$)/iu.test(address);

/** So much of a calendar is looked at for what it says of itself, in letters. */
const HEAD = 4_000;
/** RFC 7986 5.7, and what Microsoft had before it. */
const PUBLISHED = /^(?:REFRESH-INTERVAL|X-PUBLISHED-TTL)(?:;[^:\r\n]*)?:[\t ]*(P[\dWDTHMS]+)[\t ]*$/gimu;
const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/iu;
const UNITS = [7 * DAY, DAY, HOUR, MINUTE, SECOND];

/** How long a calendar asks to be left alone between two looks, in milliseconds; the longest of what its pages say. */
export function publishedPause(pages: readonly Uint8Array[]): number | undefined {
  const found = pages.flatMap((page) =>
    [...new TextDecoder().decode(page.subarray(0, HEAD)).matchAll(PUBLISHED)].flatMap(([, text]) => {
      const parts = DURATION.exec(text ?? "")?.slice(1);
      return parts === undefined
        ? []
        : [parts.reduce((sum, part, at) => sum + Number(part ?? 0) * UNITS[at]!, 0)];
    }),
  );
  return found.length === 0 ? undefined : Math.max(...found);
}
