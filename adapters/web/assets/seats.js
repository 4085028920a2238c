// Who sits at which phone, who is off the stage with something new, and which phone a narrow screen shows.

import { fill, names, read, texts } from "./api.js";
import { group, toNewest } from "./chat.js";

const FREE = 3;
const narrow = matchMedia("(max-width: 899px)");
const unread = new Map();
let pinned = false;
let listener = () => {};

export const phoneAt = (seat) => document.getElementById(`seat-${seat}`);
export const phones = () => [...document.querySelectorAll(".phone")];
export const seated = () => phones().map((phone) => phone.dataset.person);
const tabs = () => [...document.querySelectorAll(".seat")];
const shown = () => tabs().find((tab) => tab.getAttribute("aria-selected") === "true")?.dataset.seat ?? "1";

/** The person is in front of the visitor's eyes: seated, and on the phone that a narrow screen shows. */
const visible = (person) =>
  phones().some(
    (phone) => phone.dataset.person === person && (!narrow.matches || phone.dataset.seat === shown()),
  );

/** A message came for somebody; where it cannot be seen, that somebody is counted. */
export function noteMessage(person) {
  if (visible(person)) return;
  unread.set(person, (unread.get(person) ?? 0) + 1);
  draw();
}

export function forgetUnread() {
  unread.clear();
  draw();
}

function draw() {
  for (const tab of tabs()) {
    const { person } = phoneAt(tab.dataset.seat).dataset;
    const count = unread.get(person) ?? 0;
    const badge = tab.querySelector(".badge");
    badge.textContent = count === 0 ? "" : String(count);
    badge.title = count === 0 ? "" : fill(texts.phones.unread, { count });
  }
  const away = [...unread.keys()].filter(
    (person) => !seated().includes(person) && names[person] !== undefined,
  );
  const waiting = document.getElementById("waiting");
  waiting.hidden = away.length === 0;
  if (waiting.hidden) waiting.open = false;
  const summary = waiting.querySelector("summary");
  summary.dataset.count = String(away.length);
  summary.querySelector("span").textContent = waitingLabel(away.length);
  const list = waiting.querySelector(".waiting-list");
  list.replaceChildren(
    ...away.map((person) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = names[person];
      const count = document.createElement("i");
      count.textContent = fill(texts.phones.unread, { count: unread.get(person) });
      button.append(count);
      button.addEventListener("click", async () => {
        waiting.open = false;
        await seat(FREE, person);
        select(FREE);
        phoneAt(FREE).querySelector(".log").focus();
      });
      return button;
    }),
  );
}

const waitingLabel = (count) => (count === 1 ? texts.waiting.one : fill(texts.waiting.many, { count }));

/** Puts a person on a phone; whoever is on another phone changes places with them. */
export async function seat(number, person) {
  const old = phoneAt(number);
  const other = phones().find((phone) => phone !== old && phone.dataset.person === person);
  const left = old.dataset.person;
  const work = [load(number, person)];
  if (other !== undefined) work.push(load(Number(other.dataset.seat), left));
  await Promise.all(work);
  const url = new URL(location.href);
  url.searchParams.set("people", seated().join(","));
  history.replaceState(null, "", url);
  seen();
  listener();
}

/** How often each seat was read: of two readings at once the later one is shown, whichever comes first. */
const turns = new Map();

/** Reads one phone anew, keeping what is being typed to the same person. */
export async function load(number, person) {
  const turn = (turns.get(number) ?? 0) + 1;
  turns.set(number, turn);
  const template = document.createElement("template");
  template.innerHTML = await read("/phone", { seat: number, person });
  // A later one is under way, or stands there: this one shows what was before.
  if (turns.get(number) !== turn) return;
  const old = phoneAt(number);
  const fresh = template.content.firstElementChild;
  const picking = old.contains(document.activeElement) && document.activeElement.tagName === "SELECT";
  if (old.dataset.person === person)
    fresh.querySelector(".entry textarea").value = old.querySelector(".entry textarea").value;
  else fresh.classList.add("changing");
  old.replaceWith(fresh);
  fresh.querySelector(".pin")?.setAttribute("aria-pressed", String(pinned));
  fresh.classList.toggle("shown", old.classList.contains("shown"));
  const log = fresh.querySelector(".log");
  group(log);
  toNewest(log);
  if (picking) fresh.querySelector("select").focus();
  const tab = document.getElementById(`tab-${number}`);
  tab.querySelector(".seat-name").textContent = fresh.dataset.name;
  const avatar = tab.querySelector(".avatar");
  avatar.dataset.role = fresh.dataset.role;
  avatar.textContent = fresh.querySelector(".avatar").textContent;
}

/** Shows one phone on a narrow screen. */
export function select(number) {
  for (const tab of tabs()) {
    const chosen = tab.dataset.seat === String(number);
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    phoneAt(tab.dataset.seat).classList.toggle("shown", chosen);
  }
  const log = phoneAt(number).querySelector(".log");
  if (narrow.matches) toNewest(log);
  seen();
  listener();
}

function seen() {
  for (const person of [...unread.keys()]) if (visible(person)) unread.delete(person);
  draw();
}

/** After a jump: whoever was reached comes into view, if nobody reached is in view already. */
export async function follow(people) {
  const first = people[0];
  if (first === undefined || people.some(visible)) return;
  const on = phones().find((phone) => people.includes(phone.dataset.person));
  if (on !== undefined) select(Number(on.dataset.seat));
  else if (!pinned && !phoneAt(FREE).contains(document.activeElement)) {
    await seat(FREE, first);
    if (narrow.matches) select(FREE);
  }
}

export function startSeats(whenChanged) {
  listener = whenChanged;
  const stage = document.querySelector(".stage");
  stage.addEventListener("change", (event) => {
    if (event.target.name === "person")
      void seat(Number(event.target.closest(".phone").dataset.seat), event.target.value);
  });
  stage.addEventListener("click", (event) => {
    const tab = event.target.closest(".seat");
    if (tab !== null) select(Number(tab.dataset.seat));
    const pin = event.target.closest(".pin");
    if (pin !== null) {
      pinned = !pinned;
      pin.setAttribute("aria-pressed", String(pinned));
    }
  });
  document.querySelector(".seats").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const all = tabs();
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    select(Number(next.dataset.seat));
    next.focus();
  });
  narrow.addEventListener("change", seen);
  document.addEventListener("click", (event) => {
    const waiting = document.getElementById("waiting");
    if (!waiting.contains(event.target)) waiting.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const waiting = document.getElementById("waiting");
    if (event.key !== "Escape" || !waiting.open) return;
    waiting.open = false;
    waiting.querySelector("summary").focus();
  });
  phoneAt(1).classList.add("shown");
}
