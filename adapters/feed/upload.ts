import type { Download, Upload } from "#src/ports/download.ts";
import { fileDownload } from "./download.ts";
import { ask, type ProxyOf } from "./request.ts";

/** Milliseconds for a whole file: somebody waits for it. */
const TIMEOUT = 20_000;

/** The two ways of a file between a platform's host and this process. */
export const fileTransfer = (
  proxyOf: ProxyOf,
  timeout = TIMEOUT,
): { readonly download: Download; readonly upload: Upload } => ({
  download: fileDownload({ proxyOf, timeout }),
  upload: fileUpload(proxyOf, timeout),
});

/** Puts a file whole at an address that a platform has made for it, over HTTPS and to its host alone. */
const fileUpload =
  (proxyOf: ProxyOf, timeout: number): Upload =>
  async ({ url: text, bytes, isOurs }) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || url.protocol !== "https:" || !isOurs(url) || bytes.length === 0) return false;
    const headers = {
      "content-length": String(bytes.length),
      "content-range": `bytes 0-${bytes.length - 1}/${bytes.length}`,
    };
    try {
      const signal = AbortSignal.timeout(timeout);
      const answer = await ask({ url, headers, publicOnly: true, signal, proxyOf, put: bytes });
      answer.destroy();
      return answer.statusCode === 200 || answer.statusCode === 201;
    } catch {
      return false;
    }
  };
