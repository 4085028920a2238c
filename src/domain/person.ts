import type { Locale } from "./locale.ts";

declare const personBrand: unique symbol;
/** A person's id in people.csv. */
export type PersonId = string & { readonly [personBrand]: true };

declare const addressBrand: unique symbol;
/** All that is needed to write to a person later: minted and read by its adapter only. */
export type Address = string & { readonly [addressBrand]: true };

/** What somebody is on a shift. */
export type ShiftRole = "resident" | "attending";

/** Coordinating is nothing that is done on a shift. */
export type Role = ShiftRole | "coordinator";

/** Somebody of a program, as people.csv has them. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  /** The name in Latin letters, for readers of English. */
  readonly nameEn?: string;
  /** Each once, the usual one first. On a shift, its assignment says which of them counts. */
  readonly roles: readonly [Role, ...Role[]];
  readonly locale: Locale;
  readonly email?: string;
  /** Accounts by the platform's name. The playground's account is the person's id. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** What somebody is on a shift of which the roster says nothing else; undefined for who works no shifts. */
export const usualOnShift = ({ roles }: Pick<Person, "roles">): ShiftRole | undefined =>
  roles.find((role) => role !== "coordinator");

export const personId = (id: string): PersonId => id as PersonId;
