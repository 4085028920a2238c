// One quiet line that says what to try next, read off what the phones show.

import { fill, texts } from "./api.js";
import { phones } from "./seats.js";

let digestOf;
let settled = false;

const lastOf = (phone) => [...phone.querySelectorAll(".message.attune")].at(-1);

const asks = (phone) =>
  [...phone.querySelectorAll(".message.attune")]
    .slice(-3)
    .some(
      (message) =>
        message.querySelector(".choices, .card-input, .actions .primary") !== null &&
        message.querySelector(".compare") === null,
    );

/** Whether any phone asks what the two settled on. */
const asksToSettle = () =>
  phones().some((phone) => phone.querySelector('.choices [data-act*="/settled-"]') !== null);

function wanted() {
  if (digestOf !== undefined) return fill(texts.hint.digest, { name: digestOf });
  if (asksToSettle()) return texts.hint.compare;
  if (settled) return texts.hint.week;
  const asked = phones().find((phone) => lastOf(phone) !== undefined && asks(phone));
  if (asked !== undefined) return fill(texts.hint.waiting, { name: asked.dataset.name });
  const nothing = phones().every((phone) => lastOf(phone) === undefined);
  return nothing ? texts.hint.start : texts.hint.next;
}

export function renewHint() {
  if (document.querySelector(".message .compare") !== null && !asksToSettle()) settled = true;
  const hint = document.getElementById("hint");
  const text = wanted();
  if (hint.textContent === text) return;
  hint.textContent = text;
  hint.classList.remove("fresh");
  requestAnimationFrame(() => hint.classList.add("fresh"));
}

/** A digest came. Returns whether it is the one that the visitor was on the way to. */
export function noteDigest(name) {
  if (digestOf !== undefined || !settled) return false;
  digestOf = name;
  return true;
}

export function forgetProgress() {
  digestOf = undefined;
  settled = false;
}
