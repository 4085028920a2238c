import { isPair, isScalar, visit, type Document } from "yaml";

/** Settings that are ids of people.csv. An `id` of program.yaml's own stays as it was always read: what is stored is found by it. */
const IDS: ReadonlySet<unknown> = new Set(["person", "residents"]);

/**
 * Names and people's ids are texts, also where YAML takes them for something else: `0042` is not 42, and `1e3` is not 1000. So each
 * key, and each such id, is what the file spells.
 */
export function keepSpelling(document: Document.Parsed): void {
  visit(document, {
    Scalar(place, node, path) {
      const keys = path.filter(isPair).map(({ key }) => (isScalar(key) ? key.value : undefined));
      const isId = typeof node.value === "number" && (IDS.has(keys.at(-1)) || keys.at(-2) === "aliases");
      if (place === "key" || isId) node.value = node.source ?? node.value;
    },
  });
}
