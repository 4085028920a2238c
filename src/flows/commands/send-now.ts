import { nudgeId } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { headed } from "../notice.ts";
import { refused, type Handled } from "../responses.ts";
import type { Said } from "../said.ts";
import { mayGoNow, takesMessages } from "./sendable.ts";
import { whyCard } from "./why.ts";

/** A coordinator has a message go out now, once. Whether it still may is looked at anew. */
export async function sendNow(said: Said, of: PersonId | undefined, value: string): Promise<Handled> {
  const { context, words } = said;
  const { why: say, files } = words.say;
  const person = of === undefined ? undefined : context.person(of);
  if (!said.person.roles.includes("coordinator") || person === undefined)
    return refused("not-yours", files.notYours);
  const standing = await context.store.standing(person.id);
  const nudge = await context.store.nudge(nudgeId(Number(value)));
  const isTheirs = nudge?.person === person.id && takesMessages(standing, context);
  const isSent =
    isTheirs &&
    mayGoNow(context, nudge, standing) &&
    (await context.store.sendNow(nudge.id, said.person.id, context.now));
  const card = headed(await whyCard(context, words, person), isSent ? say.sentNow : say.notSentNow);
  return { kind: "card", card, replace: true, ...(isSent ? { makesDue: "asks" as const } : {}) };
}
