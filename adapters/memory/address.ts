import type { Address } from "#src/domain/person.ts";

/** The address of an account in memory: the account itself. */
export const memoryAddress = (account: string): Address => account as Address;
