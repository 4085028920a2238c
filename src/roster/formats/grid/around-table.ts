import type { Row } from "./days.ts";
import type { MatrixHeader } from "./header.ts";
import { besideDays, besideNames, endOf } from "./legend-lines.ts";
import type { AroundTable } from "./legend.ts";

/** Where hours may be stated, and for which codes: a row of a duty has its own in its heading. */
export function aroundOf(
  header: MatrixHeader,
  holds: "codes" | "names",
  beside: readonly Row[],
  isSomebody: (text: string) => boolean,
): AroundTable {
  const { above, below, days } = header;
  if (holds === "codes")
    return { above, below, used: codesIn(header, isSomebody), right: besideDays(header) };
  const isEmpty = (row: Row) => days.every(({ at }) => (row[at]?.text ?? "") === "");
  return {
    above,
    below: [...below.filter(isEmpty), ...beside],
    used: headsOf(header),
    right: besideNames(header),
  };
}

/** The codes of everybody's rows. */
const codesIn = ({ below, days }: MatrixHeader, isSomebody: (text: string) => boolean): Row =>
  below
    .filter((row) => row.some(({ text }) => text !== "" && isSomebody(text)))
    .flatMap((row) => row.slice(days[0]!.at, endOf(days)));

/** What the rows begin with. */
const headsOf = ({ below, days }: MatrixHeader): Row => below.flatMap((row) => row.slice(0, days[0]!.at));
