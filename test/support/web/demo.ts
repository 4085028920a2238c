import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { readSettings } from "#src/config.ts";
import { startAttune, type Attune } from "#src/composition/start.ts";

export interface OpenDemo extends AsyncDisposable {
  readonly url: string;
  /** The database file, for whoever has to see what is stored. */
  readonly database: string;
}

/** The demo program (or another) behind the real server, on a free port, with a database of its own. */
export async function openDemo(program = "program/program.yaml"): Promise<OpenDemo> {
  const folder = mkdtempSync(join(tmpdir(), "attune-demo-"));
  const database = join(folder, "attune.db");
  const settings = readSettings({ PORT: "0", ATTUNE_DB: database, ATTUNE_LOG_LEVEL: "silent" }, PLATFORMS);
  const attune: Attune = await startAttune(settings, loadPrograms([program], PLATFORMS));
  return {
    url: attune.url,
    database,
    async [Symbol.asyncDispose]() {
      await attune.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
