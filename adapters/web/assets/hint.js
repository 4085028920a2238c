// One quiet line that says what to try next, read off what the phones show.

import { fill, texts } from "./api.js";
import { phones } from "./seats.js";

let digestOf;
let talked = false;

const lastOf = (phone) => [...phone.querySelectorAll(".message.attune")].at(-1);

const asks = (phone) =>
  [...phone.querySelectorAll(".message.attune")]
    .slice(-3)
    .some(
      (message) =>
        message.querySelector(".choices, .card-input, .actions .primary") !== null &&
        message.querySelector(".compare") === null,
    );

/** The newest "we talked" that nobody has tapped yet, on any phone. */
const openTalk = () =>
  phones()
    .map((phone) => [...phone.querySelectorAll('.actions [data-act^="talked/"]')].at(-1))
    .find((talk) => talk !== undefined);

function wanted() {
  if (digestOf !== undefined) return fill(texts.hint.digest, { name: digestOf });
  const talk = openTalk();
  if (talk !== undefined) return fill(texts.hint.compare, { action: talk.textContent });
  if (talked) return texts.hint.week;
  const asked = phones().find((phone) => lastOf(phone) !== undefined && asks(phone));
  if (asked !== undefined) return fill(texts.hint.waiting, { name: asked.dataset.name });
  const nothing = phones().every((phone) => lastOf(phone) === undefined);
  return nothing ? texts.hint.start : texts.hint.next;
}

export function renewHint() {
  if (document.querySelector(".message .compare") !== null && openTalk() === undefined) talked = true;
  const hint = document.getElementById("hint");
  const text = wanted();
  if (hint.textContent === text) return;
  hint.textContent = text;
  hint.classList.remove("fresh");
  requestAnimationFrame(() => hint.classList.add("fresh"));
}

/** A digest came. Returns whether it is the one that the visitor was on the way to. */
export function noteDigest(name) {
  if (digestOf !== undefined || !talked) return false;
  digestOf = name;
  return true;
}

export function forgetProgress() {
  digestOf = undefined;
  talked = false;
}
