import { createRequire } from "node:module";
import type * as Library from "rrule";

/** Another reading of recurrence rules, to compare ours with. Node finds no names in its CommonJS when it is imported. */
export const { rrulestr } = createRequire(import.meta.url)("rrule") as typeof Library;
