import { courtesyIn } from "#src/domain/typed-courtesy.ts";
import { homeCard } from "#src/flows/home/home.ts";
import type { Said } from "#src/flows/said.ts";
import { headed, notice } from "../notice.ts";
import { shown, type Handled } from "../responses.ts";

/** A courtesy is answered as what it is. Whoever says hello may not know yet what can be done here, and sees it. None is stored. */
export async function courtesy({ context, person, words, standing }: Said, text: string): Promise<Handled> {
  const { typed } = words.say;
  const kind = courtesyIn(text);
  switch (kind) {
    case "hello": {
      const home = await homeCard(context, person, words, standing);
      return { ...shown(headed(home, typed.hello(words.called(person)))), passing: true };
    }
    case "thanks":
      return shown(notice(words, typed.courtesy));
    case "other":
      return shown(notice(words, typed.nothingKept));
    default:
      return kind satisfies never;
  }
}
