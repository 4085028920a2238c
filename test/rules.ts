import { faultsOf, namings, rulesOf } from "./support/domain-rules.ts";
import { sourceOf } from "./support/imports.ts";

/**
 * Says which rules of docs/domain.md no test names, and which tests name what is no rule there. A test names a rule by a line
 * above it with the rule's first words:
 *
 *   // domain: A goal or a plan has no reminder
 *
 *   npm run -s rules [-- WORDS]
 *
 * With words it lists the rules that hold them, and the tests that name each.
 */
const [words] = process.argv.slice(2);
const rules = rulesOf(sourceOf("docs/domain.md"));
const named = namings();
const faults = faultsOf(rules, named);

if (words === undefined) {
  for (const fault of faults) console.log(fault);
  console.log(`${rules.length} rules, ${named.length} lines that name one, ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  for (const { section, text } of rules.filter((rule) => rule.text.includes(words))) {
    console.log(`${section}: ${text}`);
    for (const one of named) if (text.startsWith(one.words)) console.log(`    ${one.place}`);
  }
}
