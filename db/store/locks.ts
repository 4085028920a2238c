import type { PersonId } from "#src/domain/person.ts";

/** The lock for acts of one person and for erasing that person: one at a time. */
export const personLock = (person: PersonId): string => `person ${person}`;
