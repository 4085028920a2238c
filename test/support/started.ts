import { spawn } from "node:child_process";
import { once } from "node:events";

/** `npm start` in a process group of its own. */
export interface Started extends AsyncDisposable {
  readonly url: string;
  /** Its process group. */
  readonly group: number;
  /** What it has written so far. */
  written(): string;
  /** To npm alone, as a supervisor does, or to the whole group, as a terminal does. */
  signal(name: NodeJS.Signals, to: "npm" | "group"): void;
  /** How npm ended: an exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Starts Attune as its README says, on any free port, and resolves once it is there. */
export async function started(env: Readonly<Record<string, string>>): Promise<Started> {
  const child = spawn("npm", ["start"], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PORT: "0", ...env },
  });
  let written = "";
  const there = Promise.withResolvers<string>();
  const read = (piece: string): void => {
    written += piece;
    const url = /Attune is at (http:[^\s"]+)/.exec(written)?.[1];
    if (url !== undefined) there.resolve(url);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", read);
  const ended = once(child, "close").then(([code, signal]) => {
    there.reject(new Error(`npm start ended early:\n${written}`));
    return (code ?? signal) as number | NodeJS.Signals;
  });
  const signal: Started["signal"] = (name, to) =>
    void process.kill(to === "npm" ? child.pid! : -child.pid!, name);
  return {
    url: await there.promise,
    group: child.pid!,
    written: () => written,
    signal,
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) signal("SIGKILL", "group");
      await ended;
    },
  };
}
