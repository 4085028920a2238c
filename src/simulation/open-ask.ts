import { isAsk, type Ask, type AskKind } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { DAY, later } from "#src/domain/time.ts";
import { goalToSet } from "#src/flows/ask/goal-to-set.ts";
import type { PlayerDeps } from "./look.ts";

/** The newest ask of this kind that takes answers: an answered one too, since answers can be changed. A goal also before it is asked. */
export async function openAsk(
  { running, now }: Pick<PlayerDeps, "running" | "now">,
  person: PersonId,
  kind: AskKind,
): Promise<Ask | undefined> {
  const context = running.context();
  const at = now();
  const nudges = await context.store.nudgesOf(person, later(at, -7 * DAY), later(at, DAY));
  const open = nudges
    .filter(isAsk)
    .filter(
      (one) =>
        one.kind === kind && one.expiresAt > at && ["sent", "uncertain", "answered"].includes(one.state),
    );
  const found = open.findLast((one) => one.state !== "answered") ?? open.at(-1);
  return found ?? (kind === "shift-goal" ? goalToSet(context, person) : undefined);
}
