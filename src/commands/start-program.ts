import { usualOnShift } from "#src/domain/person.ts";
import { utc } from "#src/domain/time.ts";
import type { Output } from "./output.ts";
import { withStoredProgram, type OneProgram } from "./stored-program.ts";

/** Starts a program in the place of a coordinator: from then on everybody in it is asked. A running Attune follows within a minute. */
export const startProgram = (settings: OneProgram, output: Output): Promise<void> =>
  withStoredProgram(settings, output, async ({ program, store, now }) => {
    const name = program.name[program.locale];
    if (program.waitsForStart !== true) {
      output.line(`${name} begins at once, as program.yaml says (start: at-once): there is nothing to do.`);
      return;
    }
    // A program that has messages already has started.
    await store.beginSettingUp(now);
    const { isFirst, started } = await store.start(undefined, now);
    const asked = program.people.filter((person) => usualOnShift(person) !== undefined).length;
    const when = started.at === undefined ? "" : ` at ${utc(started.at)}, by ${started.by ?? "an operator"}`;
    output.line(
      isFirst
        ? `${name} has started: ${asked} people are asked whether they take part, two days before their first shift, or at once where that is past.`
        : `${name} had started already${when}. Nothing was changed.`,
    );
  });
