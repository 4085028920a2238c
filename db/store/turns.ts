import type { PersonId } from "#src/domain/person.ts";

/** What one person does, and what destroys what they did, happens in turn. */
export const personTurn = (person: PersonId): string => `person ${person}`;
