import type { Address } from "#src/domain/person.ts";

/** Where somebody is written to in memory: the account is all that is needed. */
export const memoryAddress = (account: string): Address => account as Address;
