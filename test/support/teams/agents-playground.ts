import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chatOf, objectOf, TENANT } from "./office.ts";

/** Microsoft's own stand-in for the Teams client, as one person: it shows the chat and calls the bot. */
export interface AgentsPlayground extends AsyncDisposable {
  readonly url: string;
}

/** A port of this machine's that is free just now: the playground silently takes another when its own is taken. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address === null || typeof address === "string"
          ? reject(new Error("no port"))
          : resolve(address.port),
      );
    });
  });
}

const accountOf = (name: string): string => `    name: Name ${name}
    userPrincipleName: ${name}@example.com
    aadObjectId: ${objectOf(name)}
    givenName: Name
    surname: ${name}
    email: ${name}@example.com
`;

/** Its settings: one person of our tenant, with a chat of their own. */
const settingsOf = (name: string): string => `version: "0.1.1"
tenantId: ${TENANT}
bot:
  id: 11111111-1111-4111-8111-111111111111
  name: Attune
currentUser:
  id: "29:${name}"
${accountOf(name).replaceAll("    ", "  ")}users:
${["b", "c", "d", "e", "f"].map((letter) => `  - id: "29:${name}-${letter}"\n${accountOf(`${name}${letter}`)}`).join("")}personalChat:
  id: "${chatOf(name)}"
groupChat:
  id: "group-of-${name}"
  name: Group Chat
team:
  id: "team-of-${name}"
  name: My Team
  aadGroupId: 00000000-0000-0000-0000-000000000031
  channels:
    - id: "channel-of-${name}"
      name: Announcements
`;

/** Starts it for one person, against the bot at `endpoint`. */
export async function agentsPlayground(
  name: string,
  endpoint: string,
  port: number,
): Promise<AgentsPlayground> {
  const folder = mkdtempSync(join(tmpdir(), `attune-playground-${name}-`));
  writeFileSync(join(folder, ".m365agentsplayground.yml"), settingsOf(name));
  const cli = join(
    dirname(createRequire(import.meta.url).resolve("@microsoft/m365agentsplayground/package.json")),
    "cli.js",
  );
  const child = spawn(
    process.execPath,
    [
      cli,
      "start",
      "--app-endpoint",
      endpoint,
      "--channel-id",
      "msteams",
      "--port",
      String(port),
      "--disable-telemetry",
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        TEAMSAPPTESTER_BROWSER: "none",
        DEFAULT_CHANNEL_ID: "msteams",
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const said: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const url = `http://localhost:${port}`;
  const answers = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; !(await answers()); tries += 1) {
    if (child.exitCode !== null || tries > 300) throw new Error(`It does not start: ${said.join("")}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGKILL");
        await ended;
      }
      rmSync(folder, { recursive: true });
    },
  };
}
