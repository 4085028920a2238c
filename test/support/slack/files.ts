import type { ServerResponse } from "node:http";
import type { Json } from "./json.ts";

/** The files of a workspace: whoever has a token of it, with the scope for it, may read them. */
export interface FileShelf {
  /** How many were handed out, or asked for in vain. */
  readonly handed: number;
  /** A file as it stands in a message. */
  keeps(name: string, text: string | Uint8Array): Json;
  /** Until this is over, nothing is handed out. */
  held: Promise<void> | undefined;
  serve(id: string, token: string | undefined, response: ServerResponse): Promise<void>;
}

/** @param may whether this token may read files; else a page for signing in comes, as Slack answers */
export function fileShelf(base: () => string, may: (token: string | undefined) => boolean): FileShelf {
  const kept = new Map<string, string | Uint8Array>();
  let handed = 0;
  return {
    held: undefined,
    get handed() {
      return handed;
    },
    keeps(name, text) {
      const id = `F${kept.size + 1}`;
      kept.set(id, text);
      return { id, name, url_private_download: `${base()}/files/${id}` };
    },
    async serve(id, token, response) {
      handed += 1;
      await this.held;
      const found = kept.get(id);
      if (!may(token) || found === undefined) {
        response.writeHead(302, { location: "https://example.slack.com/?redir=files" }).end();
        return;
      }
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(found);
    },
  };
}
