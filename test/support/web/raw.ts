import { request, type OutgoingHttpHeaders } from "node:http";

/** A request byte for byte as it is given: no address is tidied, no header put right. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Sends a request to a server on this machine and reads its whole answer. */
export function sendRaw(url: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const sending = request(
      { hostname, port, method, path, headers: { host, connection: "close", ...headers }, setHost: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const type = response.headers["content-type"] ?? "";
          resolve({ status: response.statusCode ?? 0, type, text: Buffer.concat(parts).toString() });
        });
      },
    );
    sending.on("error", reject);
    sending.setTimeout(10_000, () => sending.destroy(new Error(`No answer to ${method} ${path}.`)));
    sending.end(body);
  });
}
