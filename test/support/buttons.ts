import { tapsOf } from "#src/card/act.ts";
import type { Act } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { Flow } from "./attune.ts";

/** A button, and the message that it stands in. */
export interface Button {
  readonly message: MessageRef;
  readonly act: Act;
}

/** A button that stands in somebody's chat now, to be pressed when it may be gone. */
export function buttonOf(attune: Flow, id: string, label: string): Button {
  const found = attune.cloud
    .chat(id as Address)
    .flatMap(({ ref, card }) => tapsOf(card).map(({ tap }) => ({ message: ref, ...tap })))
    .findLast((one) => one.label === label);
  if (found === undefined) throw new Error(`no button ${label}`);
  return found;
}
