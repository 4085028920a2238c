import { shownText } from "#src/domain/text.ts";
import type { Log } from "#src/ports/log.ts";

/**
 * Where a command writes: results to stdout, everything else to stderr. Whatever files and people wrote does nothing to
 * the terminal that shows it: all that is written goes through `shownText` here.
 */
export interface Output {
  line(text: string): void;
  /** A result with line ends of its own. */
  text(text: string): void;
  note(text: string): void;
  /** Shows how far long work is, on a terminal only. */
  progress(text: string): void;
}

export function terminalOutput(): Output {
  // Whoever reads us may have read enough (`| head -1`): that is no failure, and there is nobody left to write to.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit();
      // A full disk below `> file`. What was written to it is no whole result, and stderr may be the same disk.
      if (stream === process.stdout) process.stderr.write(`The output cannot be written (${error.code}).\n`);
      process.exit(1);
    });
  let isShowing = false;
  const clear = () => {
    if (isShowing) process.stderr.write("\r\u001B[K");
    isShowing = false;
  };
  const result = (text: string) => {
    clear();
    process.stdout.write(shownText(text));
  };
  return {
    line: (text) => result(`${text}\n`),
    text: result,
    note(text) {
      clear();
      process.stderr.write(`${shownText(text)}\n`);
    },
    progress(text) {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`\r\u001B[K${shownText(text)}`);
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
