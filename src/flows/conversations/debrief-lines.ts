import { ITEMS, type Item } from "#src/domain/forms.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { LabelledChoice } from "../view/conversation.ts";
import { replyTo, type Seen, type Step, type Target, type View } from "../view/view.ts";

type LineStep = Step<"whom" | "note">;

/** A partner with the circle in which the line goes to them alone. */
interface Recipient {
  readonly id: PersonId;
  readonly seen: Seen;
}

/** The optional line: whom it goes to, where there are several, and then the line. Nobody else sees it. */
export function lineSteps(view: View, among: readonly Seen[]): readonly LineStep[] {
  const recipients = recipientsIn(among);
  if (recipients.length === 0) return [];
  const [whom, toAll] = [whomStep(view, among), lineForAll(view, among)];
  const picked = replyTo(view, whom)?.value;
  // Who has picked one of several is not asked again when only one is left.
  if (recipients.length === 1 && (picked ?? "all") === "all")
    return recipients.map((one) => lineFor(view, one));
  if (picked === "all") return [whom, toAll];
  const every = [...(view.role === "resident" ? [toAll] : []), ...recipients.map(lineTo)];
  // Who was asked for a line before there was a choice is not asked whom it is for.
  const given = every.filter((step) => replyTo(view, step) !== undefined);
  if (picked === undefined) return given.length > 0 ? given : [whom];
  const isStanding = (step: LineStep) => (replyTo(view, step)?.value ?? null) !== null;
  return [whom, ...every.filter((step) => step.about === picked || isStanding(step))];
}

/** A line for all, or for whoever was the only one, from a card that did not say whom yet. */
export function offeredLines(view: View, among: readonly Seen[]): readonly LineStep[] {
  const recipients = recipientsIn(among);
  if (recipients.length > 1) return [lineForAll(view, among)];
  return recipients.map(forTheShift).filter((step) => replyTo(view, step) === undefined);
}

/** The partners, all of them, or nobody. */
export function whomChoices(view: View, among: readonly Seen[]): readonly LabelledChoice[] {
  const { whomAll, whomNobody } = view.words.say.debrief;
  const partners = among.flatMap((seen) => seen.partners);
  return [
    ...partners.map((one): LabelledChoice => [one.id, view.words.called(one)]),
    ["all", whomAll],
    ["nobody", whomNobody],
  ];
}

const recipientsIn = (among: readonly Seen[]): readonly Recipient[] =>
  among.flatMap((seen) =>
    seen.partners.map((partner) => ({ id: partner.id, seen: { ...seen, partners: [partner] } })),
  );

/** It was said where the first of the partners stood then. */
function whomStep(view: View, among: readonly Seen[]): Step<"whom"> {
  const step = (seen: Seen): Step<"whom"> => ({
    item: ITEMS.whom,
    about: undefined,
    targets: [{ seen, about: undefined }],
  });
  return step(among.find((seen) => replyTo(view, step(seen)) !== undefined) ?? among[0]!);
}

const note: Item<"note"> = ITEMS.note;

/**
 * To the only partner. It is theirs alone, whoever joins the shift later. What a resident wrote before it named anybody stands where it
 * was kept.
 */
function lineFor(view: View, recipient: Recipient): Step<"note"> {
  const unnamed = forTheShift(recipient);
  return replyTo(view, unnamed) === undefined ? lineTo(recipient) : unnamed;
}

const forTheShift = ({ seen }: Recipient): Step<"note"> => ({
  item: note,
  about: undefined,
  targets: [{ seen, about: undefined }],
});

const lineTo = ({ id, seen }: Recipient): Step<"note"> => ({
  item: note,
  about: id,
  targets: [{ seen, about: id }],
});

/** Whom nothing was written to stands first: an answer to one is not yet an answer to all. */
function lineForAll(view: View, among: readonly Seen[]): Step<"note"> {
  const isResident = view.role === "resident";
  const targets = among.map((seen): Target => ({
    seen,
    about: isResident ? undefined : seen.circle.resident,
  }));
  const isWritten = (target: Target) =>
    replyTo(view, { item: note, about: undefined, targets: [target] }) !== undefined;
  return {
    item: note,
    about: undefined,
    targets: targets.toSorted((a, b) => Number(isWritten(a)) - Number(isWritten(b))),
  };
}
