import { LARGEST_FILE } from "#src/ports/inbound.ts";
import type { Download } from "#src/ports/download.ts";
import { isWebPage } from "./page.ts";
import { ask, bodyOf, PrivateAddress, TooLarge, type ProxyOf } from "./request.ts";

interface DownloadWish {
  /** Milliseconds for a whole file. */
  readonly timeout: number;
  readonly proxyOf: ProxyOf;
}

/**
 * Fetches files that people give on a platform. A redirect is not followed: it leads to a page for signing in, and what is sent
 * along is for the first address alone.
 */
export const fileDownload =
  ({ timeout, proxyOf }: DownloadWish): Download =>
  async ({ url: text, headers = {}, isOurs, isNear = false }) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !isOurs(url) || (url.protocol !== "https:" && !isNear))
      return { trouble: "elsewhere" };
    const signal = AbortSignal.timeout(timeout);
    try {
      const answer = await ask({ url, headers, publicOnly: !isNear, signal, proxyOf });
      const { statusCode = 0 } = answer;
      if (statusCode !== 200) {
        answer.destroy();
        if (statusCode === 401 || statusCode === 403) return { trouble: "refused" };
        return { trouble: statusCode >= 300 && statusCode < 400 ? "page" : "unavailable" };
      }
      if (Number(answer.headers["content-length"] ?? 0) > LARGEST_FILE) {
        answer.destroy();
        return { trouble: "too-large" };
      }
      const bytes = await bodyOf(answer, LARGEST_FILE);
      return isWebPage(bytes) ? { trouble: "page" } : { bytes };
    } catch (error) {
      if (error instanceof TooLarge) return { trouble: "too-large" };
      return { trouble: error instanceof PrivateAddress ? "elsewhere" : "unavailable" };
    }
  };
