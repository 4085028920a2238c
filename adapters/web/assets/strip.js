// The roster strip: read anew when time or delivery moves it, explained under the pointer and by arrow keys.

import { read } from "./api.js";
import { scrolling } from "./motion.js";
import { seated } from "./seats.js";

const SOON = 160;
const ITEMS = ".mark, .duty, .together";
let timer;
let centred;

const strip = () => document.getElementById("strip");

/** Asks for the strip once what is happening has settled. */
export function renewStrip() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    try {
      const html = await read("/strip", { people: seated().join(",") });
      const scroll = strip().querySelector(".strip-scroll");
      const left = scroll?.scrollLeft ?? 0;
      const held = scroll !== null && scroll.contains(document.activeElement);
      hideTip();
      strip().innerHTML = html;
      strip().querySelector(".strip-scroll").scrollLeft = left;
      if (held) strip().querySelector(".strip-scroll").focus({ preventScroll: true });
      centre();
    } catch {
      // The stream's own line says that Attune is away; the strip is read again when it is back.
    }
  }, SOON);
}

/** Brings "now" to the left third whenever it has moved. */
function centre() {
  const scroll = strip().querySelector(".strip-scroll");
  const drawing = scroll.querySelector(".strip");
  const now = drawing.querySelector(".now title").textContent;
  if (now === centred) return;
  const behavior = centred === undefined ? "instant" : scrolling();
  centred = now;
  scroll.scrollTo({ left: Number(drawing.dataset.now) - scroll.clientWidth * 0.3, behavior });
}

const tip = document.getElementById("tip");

function showTip(item) {
  tip.textContent = item.dataset.tip;
  tip.hidden = false;
  const box = item.getBoundingClientRect();
  const x = Math.min(
    Math.max(box.left + Math.min(box.width, 40) / 2, 12 + tip.offsetWidth / 2),
    innerWidth - tip.offsetWidth / 2 - 12,
  );
  tip.style.left = `${x}px`;
  tip.style.top = `${box.top - 10}px`;
}

const hideTip = () => {
  tip.hidden = true;
};

export function startStrip() {
  const place = strip();
  centre();
  place.addEventListener("pointerover", (event) => {
    const item = event.target.closest(ITEMS);
    if (item !== null) showTip(item);
    else hideTip();
  });
  place.addEventListener("pointerleave", hideTip);
  place.addEventListener("focusin", (event) => {
    const item = event.target.closest(ITEMS);
    if (item !== null) showTip(item);
  });
  place.addEventListener("focusout", hideTip);
  place.addEventListener("scroll", hideTip, true);
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const marks = [...place.querySelectorAll(".mark")].sort(
      (a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left,
    );
    const at = marks.indexOf(document.activeElement);
    marks[at === -1 ? 0 : Math.min(Math.max(at + step, 0), marks.length - 1)]?.focus();
  });
}
