import type { Program } from "./domain/program.ts";

/** The program with an account for everybody on a platform of our own, where a person's account is their id. */
export const withPlatform = (program: Program, platform: string): Program => ({
  ...program,
  people: program.people.map((person) => ({
    ...person,
    accounts: { ...person.accounts, [platform]: person.id },
  })),
});
