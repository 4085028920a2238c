/** A tap, or a line, and what the card asks for then. */
export interface Wanted {
  readonly act: string;
  /** Such as "help-a": what an attending is asked about help. */
  readonly state: string;
}

/**
 * What is tapped next on a phone; undefined where it asks nothing. A resident wants to lead, an attending plans to lead themselves: so
 * there is something to settle. One resident keeps a goal private, once; one attending suggests another goal, once; the chief repeats
 * what was last time. Runs in the page.
 */
export function nextTap(seat: Element): Wanted | undefined {
  const done = ((window as unknown as { done?: Set<string> }).done ??= new Set<string>());
  const once = (key: string): boolean => !done.has(key) && done.add(key).size > 0;
  const person = (seat as HTMLElement).dataset["person"]!;
  const acts = [...seat.querySelectorAll<HTMLElement>("[data-act]")].map((one) => one.dataset["act"]!);
  const find = (pattern: RegExp) => acts.findLast((act) => pattern.test(act));
  const item = (id: string, value: string) => find(new RegExp(`^answer/\\d+/${id}/[^/]*/${value}`, "u"));
  /** The chief's role is that of the shift: only an attending can put safety first, or answer for several. */
  const roleAt = (act: string): string => {
    if (!person.startsWith("k")) return person[0]!;
    const card = [...seat.querySelectorAll(".message")].findLast(
      (message) => message.querySelector(`[data-act="${act}"]`) !== null,
    );
    const isAttending = card?.querySelector('[data-act*="/safety/"], [data-act*="scope/"]') !== null;
    return isAttending ? "a" : "r";
  };
  const found = (act: string | undefined, state: string): Wanted | undefined =>
    act === undefined ? undefined : { act, state: `${state}-${roleAt(act)}` };

  const consent = find(/^agree\//u);
  if (consent !== undefined) return found(consent, "consent");
  const share = find(/^ask\/.*\/share\/$/u);
  const goal = item("goal", "tests");
  if (item("share", "private") !== undefined) return found(item("share", "private"), "share");
  if (person === "r2" && share !== undefined && goal !== undefined && once("private"))
    return found(share, "goal");
  const counter = find(/^ask\/\d+\/counter\//u);
  if (item("counter", "flow") !== undefined) return found(item("counter", "flow"), "counter");
  if (counter !== undefined && item("help", "1") === undefined && once("counter"))
    return found(counter, "plan-done");
  const kept = item("suggestion", "kept");
  if (kept !== undefined) return found(kept, "suggestion");
  const same = item("same", "all");
  if (same !== undefined && person === "k1") return found(same, "same");
  if (goal !== undefined) return found(goal, "goal");

  const line = [...seat.querySelectorAll<HTMLElement>("form.card-input")].at(-1)?.dataset["act"];
  if (line !== undefined) return found(line, `line-${line.split("/")[2]}`);
  for (const [id, value] of [
    ["scope", "all"],
    ["debrief-scope", "all"],
    ["help", "[13]"],
    ["call", "2"],
    ["feedback", "after"],
    ["outcome", "partly"],
    ["feedback-given", "yes"],
    ["happened", "2"],
    ["whom", "all"],
    ["week-goal", "4"],
    ["week-strategy", "4"],
    ["week-trust", "4"],
  ] as const) {
    const act = item(id, value);
    if (act === undefined) continue;
    // An attending plans to lead: the first of the steps. A resident wants to lead: the third.
    const wish = roleAt(act) === "a" ? "1" : "3";
    return found(id === "help" ? item(id, wish) : act, id);
  }
  return found(find(/^answer\/\d+\/settled-[^/]+\/[^/]+\/apart/u), "settle");
}
