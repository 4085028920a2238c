import type { Environment } from "#src/ports/platform-description.ts";

/** How Attune connects to a Slack workspace: by a socket that it opens, or by signed HTTP requests from Slack. */
export interface SlackSettings {
  readonly botToken: string;
  readonly way:
    | { readonly mode: "socket"; readonly appToken: string }
    | { readonly mode: "http"; readonly signingSecret: string };
  /** Another address of the Web API; Slack's own when absent. */
  readonly apiUrl?: string;
  /** The environment names a proxy. */
  readonly isProxied?: true;
}

/** With a signing secret Slack calls us over HTTP; else the app token opens a socket. */
export function slackSettings({ text, secret, wrong }: Environment): SlackSettings | undefined {
  const botToken = secret("SLACK_BOT_TOKEN");
  const appToken = secret("SLACK_APP_TOKEN");
  const signingSecret = secret("SLACK_SIGNING_SECRET");
  const apiUrl = text("SLACK_API_URL");
  if (botToken === undefined) {
    if (appToken !== undefined || signingSecret !== undefined)
      wrong("SLACK_BOT_TOKEN", "it is missing", "copy the Bot User OAuth Token, which begins with xoxb-");
    return undefined;
  }
  if (!botToken.startsWith("xoxb-"))
    wrong("SLACK_BOT_TOKEN", "expected a bot token", "copy the one that begins with xoxb-");
  if (apiUrl !== undefined && !URL.canParse(apiUrl))
    wrong(
      "SLACK_API_URL",
      "expected an address",
      "write one such as https://slack.com/api/, or leave it empty",
    );
  const isProxied = text("https_proxy") !== undefined || text("HTTPS_PROXY") !== undefined;
  const base = {
    botToken,
    ...(apiUrl === undefined ? {} : { apiUrl }),
    ...(isProxied ? { isProxied } : {}),
  };
  if (signingSecret !== undefined) return { ...base, way: { mode: "http", signingSecret } };
  if (appToken?.startsWith("xapp-") === true) return { ...base, way: { mode: "socket", appToken } };
  wrong(
    "SLACK_APP_TOKEN",
    "expected an app-level token",
    "copy the one that begins with xapp-, or set SLACK_SIGNING_SECRET to be called over HTTP",
  );
  return undefined;
}

/** Slack's own, and where its sockets and answers to a tap go. With another address of the Web API only that one is known. */
export function slackHosts({ apiUrl, way }: SlackSettings): readonly string[] {
  if (apiUrl !== undefined) return [new URL(apiUrl).hostname];
  return [
    "slack.com",
    "hooks.slack.com",
    "files.slack.com",
    ...(way.mode === "socket" ? ["wss-primary.slack.com", "wss-backup.slack.com"] : []),
  ];
}
