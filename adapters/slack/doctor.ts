import { AttuneError } from "#src/errors.ts";
import type { Check } from "#src/ports/check.ts";
import type { Person } from "#src/domain/person.ts";
import { PLATFORM } from "./address.ts";
import { callsOf, slackClient } from "./calls.ts";
import { slackDirectory } from "./directory.ts";
import { isRefusal, slackError } from "./errors.ts";
import { homeOf, type Home } from "./origin.ts";
import { createPace, type PaceClock } from "./pace.ts";
import type { SlackSettings } from "./settings.ts";
import { openSocket } from "./socket.ts";

/** The scopes that Attune needs. A test compares them with manifest.json. */
export const SCOPES = [
  "chat:write",
  "commands",
  "files:read",
  "files:write",
  "im:history",
  "im:write",
  "users:read",
  "users:read.email",
];

const NAME = "Slack";
const NO_LOG = { debug() {}, info() {}, warn() {}, error() {} };

interface Surroundings {
  readonly clock?: PaceClock;
  /** Told who was found, under which member id. */
  found?(person: Person, account: string): void;
}

/**
 * Checks the Slack installation: token, scopes, whether events can arrive, and whether each person is found. Sends no
 * messages.
 */
export async function checkSlack(
  settings: SlackSettings,
  people: readonly Person[],
  surroundings: Surroundings = {},
): Promise<readonly Check[]> {
  const client = slackClient(settings);
  let granted: readonly string[];
  let home: Home | undefined;
  const checks: Check[] = [];
  try {
    const answer = await client.auth.test();
    home = homeOf(answer);
    granted = answer.response_metadata?.scopes ?? [];
    checks.push({ name: NAME, state: "ok", message: installed(answer.team, home) });
  } catch (error) {
    return [tokenProblem(error)];
  }
  checks.push(scopeCheck(granted), await wayCheck(settings));
  if (granted.includes("users:read.email"))
    checks.push(...(await membersCheck(settings, { people, home }, surroundings)));
  return checks;
}

/** Which kind of installation a token is of. */
function installed(team = "without a name", home: Home | undefined): string {
  if (home?.isOrgWide === true)
    return `The bot token is installed for the whole organisation ${home.enterprise ?? team}, in the workspaces that its administrator has added.`;
  const within =
    home?.enterprise === undefined ? "" : `, one workspace of the organisation ${home.enterprise}`;
  return `The bot token opens the workspace ${team}${within}.`;
}

function tokenProblem(error: unknown): Check {
  const name = NAME;
  return isRefusal(error)
    ? {
        name,
        state: "failing",
        message: "Slack refuses SLACK_BOT_TOKEN.",
        todo: "install the app in the workspace, and copy the Bot User OAuth Token (xoxb-) anew",
      }
    : {
        name,
        state: "failing",
        message: slackError(error, "auth.test").message,
        todo: "let this machine reach https://slack.com, by a proxy if need be, and look at SLACK_API_URL",
      };
}

function scopeCheck(granted: readonly string[]): Check {
  const name = NAME;
  const missing = SCOPES.filter((scope) => !granted.includes(scope));
  return missing.length === 0
    ? { name, state: "ok", message: "Every scope of manifest.json is granted." }
    : {
        name,
        state: "failing",
        message: `Missing: ${missing.join(", ")}.`,
        todo: "paste the current manifest.json under App Manifest, save, and reinstall the app",
      };
}

/** Opens the socket once and closes it again; a request over HTTP can only come from Slack. */
async function wayCheck({ way, apiUrl, isProxied }: SlackSettings): Promise<Check> {
  if (way.mode === "http")
    return {
      name: NAME,
      state: "ok",
      message: "Slack calls Attune over HTTP, at /slack/events, with signed requests.",
    };
  const name = NAME;
  try {
    const until = new AbortController().signal;
    const socket = await openSocket({
      appToken: way.appToken,
      until,
      ...(apiUrl === undefined ? {} : { apiUrl }),
      isProxied,
    });
    await socket.close();
    return { name, state: "ok", message: "The socket opens." };
  } catch (error) {
    if (isRefusal(error))
      return {
        name,
        state: "failing",
        message: "Slack refuses SLACK_APP_TOKEN.",
        todo: "generate an app-level token with the scope connections:write, and copy it (xapp-)",
      };
    const { message } = slackError(error, "apps.connections.open");
    return {
      name,
      state: "failing",
      message: `The socket does not open: ${message}`,
      todo: mendSocket(message),
    };
  }
}

/** What to do about a socket that does not come to stand. */
function mendSocket(message: string): string {
  if (message.includes("too_many_websockets"))
    return "end what else is connected with this app-level token: Slack lets an app hold ten sockets";
  if (message.includes("link_disabled") || message.includes("socket_mode_not_enabled"))
    return "turn Socket Mode on in the app's settings";
  return "let this machine reach wss://wss-primary.slack.com, by a proxy if need be, and turn Socket Mode on in the app";
}

/** Which people are in the workspace, by member id or e-mail. It reports ids of people.csv, no names. */
async function membersCheck(
  settings: SlackSettings,
  { people, home }: { readonly people: readonly Person[]; readonly home: Home | undefined },
  { clock, found = () => {} }: Surroundings,
): Promise<readonly Check[]> {
  const name = NAME;
  const calls = callsOf(slackClient(settings), createPace(clock), 60_000);
  const directory = slackDirectory(calls, NO_LOG, () => home);
  const missing: string[] = [];
  try {
    for (const person of people) {
      const named = person.accounts[PLATFORM];
      const byEmail = async () =>
        person.email === undefined ? undefined : directory.accountOf(person.email);
      const account =
        named === undefined ? await byEmail() : (await directory.isMember(named)) ? named : undefined;
      if (account === undefined) missing.push(person.id);
      else found(person, account);
    }
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    return [{ name, state: "warning", message: error.message, todo: "run this again in a few minutes" }];
  }
  if (missing.length === 0)
    return [{ name, state: "ok", message: `All ${people.length} people of the program are found.` }];
  return [
    {
      name,
      state: "warning",
      message: `Not found: ${missing.join(", ")} (${people.length - missing.length} of ${people.length} are).`,
      todo: "mend their e-mail or their Slack member id in people.csv, or let them join the workspace",
    },
  ];
}
