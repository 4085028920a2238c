import { answering } from "./inbound/answering.ts";
import { arriving } from "./inbound/arriving.ts";
import type { InboundRig } from "./inbound/rig.ts";
import { holdTo, type Excuses } from "./rules.ts";

const rules = { ...arriving, ...answering };

/** Holds an adapter's way in to what the core relies on. A rule in `skips` must fail: an excuse that is not needed is an error. */
export function inboundContract(
  name: string,
  open: () => Promise<InboundRig>,
  skips: Excuses<keyof typeof rules> = {},
): void {
  holdTo(`${name} keeps the inbound contract`, rules, open, skips);
}
