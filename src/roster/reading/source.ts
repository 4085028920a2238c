import type { PersonId } from "#src/domain/person.ts";
import type { Encoding } from "../text/tables/decode.ts";
import type { RosterFormat } from "../text/reader.ts";
import type { Dialect } from "../text/dialect.ts";

/** One entry of `roster` in program.yaml. */
export interface RosterSource extends Dialect {
  /** What problems call it: the path as program.yaml has it, or a feed's name. */
  readonly name: string;
  /** The roster of program.yaml whose place it takes, when it is a file that is to be imported. */
  readonly insteadOf?: string;
  readonly format: RosterFormat;
  readonly person?: PersonId;
  readonly encoding?: Encoding;
  /** Absolute; a source has this or `feed`. */
  readonly path?: string;
  readonly feed?: FeedSource;
}

export interface FeedSource {
  /** Where its addresses are kept, each for one page or several; for QGenda, where the account is. */
  readonly addresses: readonly AddressPlace[];
  /** Milliseconds between two looks, where program.yaml says so. */
  readonly every?: number;
}

/** Where a feed's address is kept. The address itself is a secret and stands in no file of the program. */
export type AddressPlace = { readonly variable: string } | { readonly path: string };
