import type { Log } from "#src/ports/log.ts";

/** Where a command writes: results to stdout, everything else to stderr. */
export interface Output {
  line(text: string): void;
  note(text: string): void;
  /** Shows how far long work is, on a terminal only. */
  progress(text: string): void;
}

export function terminalOutput(): Output {
  let isShowing = false;
  const clear = () => {
    if (isShowing) process.stderr.write("\r\u001B[K");
    isShowing = false;
  };
  return {
    line(text) {
      clear();
      process.stdout.write(`${text}\n`);
    },
    note(text) {
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress(text) {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`\r\u001B[K${text}`);
      isShowing = true;
    },
  };
}

/** A command's log: only what went wrong, to stderr. */
export const commandLog = (output: Output): Log => ({
  debug() {},
  info() {},
  warn() {},
  error: (fields, message) => output.note(`${message} ${JSON.stringify({ ...fields, error: undefined })}`),
});
