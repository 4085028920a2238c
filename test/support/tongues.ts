import type { Locale } from "#src/domain/locale.ts";
import type { Catalogue } from "#src/words/en.ts";
import { wordsFor } from "#src/words/words.ts";
import type { Flow } from "./attune.ts";
import { programOf, someone } from "./programs.ts";

/** A language, and how the people and goals of a test are called in it: for rules whose words matter. */
export interface Tongue {
  readonly locale: Locale;
  readonly say: Catalogue;
  /** A goal of the default list. */
  readonly goal: (id: string) => string;
  /** "Dr. a1 and Dr. a2" */
  readonly who: (...ids: readonly string[]) => string;
  /** "07:45" as the language writes it. */
  readonly clock: (time: string) => string;
}

export const TONGUES: readonly Tongue[] = (["en", "ja"] as const).map((locale) => {
  const words = wordsFor(locale, programOf());
  return {
    locale,
    say: words.say,
    goal: words.goal,
    who: (...ids) => words.all(ids.map((id) => someone(id))),
    clock: (time) => (locale === "ja" ? time.replace(/^0/u, "") : time),
  };
});

/** These people agree to take part, before anything was asked of them. */
export async function takePart(attune: Flow, say: Catalogue, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await attune.phone(id).says("resume");
    await attune.phone(id).taps(say.consent.agree);
  }
}
