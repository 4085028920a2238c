import type { PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";

/** These people have agreed to take part: for rules about what comes then. */
export async function agreed(
  store: Store,
  people: readonly { readonly id: PersonId }[],
  now: Instant,
): Promise<void> {
  for (const { id } of people)
    await store.changeStanding(id, { consent: "given" }, `agreed-${id}` as never, now);
}
