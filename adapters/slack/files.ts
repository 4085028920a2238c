import type { Download } from "#src/ports/download.ts";
import type { GivenFile } from "#src/ports/inbound.ts";
import type { SlackSettings } from "./settings.ts";

/** A file of a message, as Slack names it. */
export interface SharedFile {
  readonly name: string;
  readonly url: string;
}

/** Slack keeps files here, and nowhere else. */
const HOST = "files.slack.com";

/** Fetches a file with the bot's token, which goes to Slack's host for files alone. */
export const slackFiles =
  ({ botToken, apiUrl }: Pick<SlackSettings, "botToken" | "apiUrl">, download: Download) =>
  ({ name, url }: SharedFile): GivenFile => {
    // A stand-in of Slack keeps its files at its own address.
    const near = apiUrl === undefined ? undefined : new URL(apiUrl).host;
    return {
      name,
      async read() {
        const fetched = await download({
          url,
          headers: { authorization: `Bearer ${botToken}` },
          isOurs: ({ host, protocol }) => (host === HOST && protocol === "https:") || host === near,
          isNear: near !== undefined,
        });
        if (!("trouble" in fetched)) return fetched;
        // To a token without the scope Slack shows its page for signing in.
        const isUnscoped = fetched.trouble === "refused" || fetched.trouble === "page";
        return { trouble: isUnscoped ? "sign-in" : fetched.trouble };
      },
    };
  };

/** Where nothing can be fetched. */
export const NO_FILES = ({ name }: SharedFile): GivenFile => ({
  name,
  read: async () => ({ trouble: "unavailable" }),
});
