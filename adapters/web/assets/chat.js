// One chat: where a message goes, what stays in focus, what a tap does.

import { newEvent, post, texts } from "./api.js";
import { scrolling } from "./motion.js";

const SAME_TIME = 10 * 60 * 1000;
const logs = () => document.querySelectorAll(".log");
const sequences = new Map();
/** Until when a person's newest message is to be brought into view, whatever their phone showed. */
const awaited = new Map();
const AWAITING = 2500;

/** The message under a finger, and what has come for it since: were it another one once the finger is lifted, the tap would be nobody's. */
let touched;
let since = [];

/** Messages of before a "start over" are no measure for those after it. */
export const forgetOrder = () => sequences.clear();

/** Hides the day and the time where the message before has said them. */
export function group(log) {
  let before;
  for (const message of log.querySelectorAll(".message")) {
    const { day, at } = message.dataset;
    const sameDay = before?.dataset.day === day;
    const near = sameDay && Number(at) - Number(before.dataset.at) < SAME_TIME;
    const sameSender = before?.classList.contains("attune") === message.classList.contains("attune");
    message.classList.toggle("same-day", sameDay);
    message.classList.toggle("together", near && sameSender);
    before = message;
  }
}

/** Shows a message that arrived or changed, wherever its person sits. Returns whether it was new to this page. */
export function place(payload, mine = false) {
  const key = `${payload.person}/${payload.id}`;
  if (key === touched) {
    since.push([payload, mine]);
    return !payload.edited;
  }
  if ((sequences.get(key) ?? 0) > payload.sequence) return false;
  const seen = sequences.get(key) === payload.sequence;
  sequences.set(key, payload.sequence);
  if (seen) return false;

  for (const log of logs()) {
    if (log.closest(".phone").dataset.person !== payload.person) continue;
    const template = document.createElement("template");
    template.innerHTML = payload.html;
    const fresh = template.content.firstElementChild;
    const old = log.querySelector(`.message[data-id="${payload.id}"]`);
    if (old === null) append(log, fresh, mine);
    else replace(log, old, fresh, mine);
  }
  return !payload.edited;
}

/** Takes a message out. What was being typed in it goes on in the newest copy of it. */
export function takeOut({ person, id }) {
  for (const log of logs()) {
    const old = log.querySelector(`.message[data-id="${id}"]`);
    if (log.closest(".phone").dataset.person !== person || old === null) continue;
    const held = old.contains(document.activeElement);
    const act = old.querySelector("form")?.dataset.act;
    old.remove();
    group(log);
    const copy = [...log.querySelectorAll("form")].findLast((form) => form.dataset.act === act);
    if (copy !== undefined) carry(old, copy);
    if (held) (copy?.querySelector("textarea") ?? log).focus({ preventScroll: true });
  }
}

/** What was being typed in one message is in the other. */
function carry(old, fresh) {
  for (const area of fresh.querySelectorAll("textarea")) {
    const before = old.querySelector(`textarea[name="${CSS.escape(area.name)}"]`);
    if (before === null || before.value === before.defaultValue) continue;
    area.value = before.value;
    count(area);
  }
}

function append(log, fresh, mine) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 160;
  fresh.classList.add("arriving");
  log.append(fresh);
  group(log);
  if (atEnd || mine || isAwaited(log)) settle(log, fresh);
}

const isAwaited = (log) => performance.now() < (awaited.get(log.closest(".phone").dataset.person) ?? 0);

/** Puts a changed message in place of the old one, with the focus and what was being typed kept. */
function replace(log, old, fresh, mine) {
  const active = document.activeElement;
  const held = old.contains(active);
  const act = held ? active.dataset.act : undefined;
  const tellsNew = gist(fresh) !== null && gist(old) === null;
  fresh.classList.add(mine ? "answered-now" : "changed");
  old.replaceWith(fresh);
  group(log);

  carry(old, fresh);
  if (held) {
    const same = act === undefined || mine ? null : fresh.querySelector(`[data-act="${CSS.escape(act)}"]`);
    const area = active.matches("textarea")
      ? fresh.querySelector(`textarea[name="${CSS.escape(active.name)}"]`)
      : null;
    const next =
      same ?? area ?? fresh.querySelector(".choice, .card-input textarea, .actions .button") ?? fresh;
    next.focus({ preventScroll: true });
  }
  const settled = mine ? outcome(old, fresh) : undefined;
  if (settled !== undefined) showEnd(log, settled);
  else if (mine || (tellsNew && !held)) settle(log, fresh);
  // The question above may have grown: the answer to what was said stays in view below it.
  else if (isAwaited(log)) settle(log, log.lastElementChild);
}

/** What a card is looked at for once both have answered: the first difference that is worth a talk. */
const DIFFERENCE = ".apart";
const gist = (message) => message.querySelector(DIFFERENCE);

/** Of several, what stands above is looked at first: the question that is still open, or a suggested goal to decide on. */
const FIRST = `.question, ${DIFFERENCE}, .actions:has([data-act*="/suggestion/"][data-act*="/kept"])`;

/** What the two have just settled on, below what differs: whoever has said it looks for it there. */
function outcome(old, fresh) {
  const settled = (message) => [
    ...message.querySelectorAll('.compare ~ dl.answers:has([data-act*="/settled-"])'),
  ];
  const before = new Set(settled(old).map((part) => part.textContent));
  const isRevealed = old.querySelector(".compare") !== null;
  return isRevealed ? settled(fresh).find((part) => !before.has(part.textContent)) : undefined;
}

/** Brings the end of a part of a message into view. */
function showEnd(log, part) {
  const below = part.getBoundingClientRect().bottom - log.getBoundingClientRect().bottom + 20;
  log.scrollTo({ top: log.scrollTop + below, behavior: scrolling() });
}

/** Opens a chat where its owner would: at the newest message. */
export function toNewest(log) {
  const newest = log.querySelector(".message:last-child");
  if (newest !== null) settle(log, newest, "instant");
}

/** Brings a message into view: its end when it fits, else what it is looked at for: a line that is asked for, both answers, or its question. */
function settle(log, message, behavior = scrolling()) {
  const tall = message.offsetHeight > log.clientHeight - 24;
  const last = message === log.lastElementChild;
  const top = tall
    ? topOfTall(log, message)
    : message.offsetTop + message.offsetHeight - log.clientHeight + 20;
  const isFar = Math.abs(top - log.scrollTop) > 2 * log.clientHeight;
  if (tall || last || top > log.scrollTop) log.scrollTo({ top, behavior: isFar ? "instant" : behavior });
}

/** Where a chat has to stand for a message that is taller than it: what was answered before may be above, the question may not be below. */
function topOfTall(log, message) {
  const zero = log.getBoundingClientRect().top - log.scrollTop;
  const placeOf = (part) => part.getBoundingClientRect().top - zero - 12;
  const asked = message.querySelector(".card-input") ?? message.querySelector(FIRST);
  if (asked?.matches(DIFFERENCE)) return placeOf(asked);
  // What was just kept of a line is read before the question below it.
  const undo = message.querySelector('.actions [data-act^="undo/"]');
  if (undo !== null) return placeOf(undo.closest(".actions").previousElementSibling ?? message);
  if (asked === null) return placeOf(message);
  const toItsEnd = asked.getBoundingClientRect().bottom - zero + 44 - log.clientHeight;
  return Math.max(placeOf(message), Math.min(placeOf(asked), toItsEnd));
}

/** What comes next for a person is an answer to what they did: it is brought into view also when the stream brings it first. */
const awaitAnswer = (person) => awaited.set(person, performance.now() + AWAITING);

/** Brings the newest message of a person into view, wherever they sit, and those that are still on their way. */
export function showNewest(person) {
  awaitAnswer(person);
  for (const log of logs()) {
    const newest = log.querySelector(".message:last-child");
    if (newest !== null && log.closest(".phone").dataset.person === person) settle(log, newest);
  }
}

/** A sentence at the message, or above the entry, about what was not taken. */
function say(place, text) {
  if (place.classList.contains("notice")) {
    place.textContent = text;
    return;
  }
  place.querySelector(".notice")?.remove();
  if (text === "") return;
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = text;
  place.append(notice);
}

/** Posts what was done on a message, then shows what came of it. */
async function act(message, path, body) {
  if (message.hasAttribute("aria-busy")) return;
  const log = message.closest(".log");
  message.setAttribute("aria-busy", "true");
  say(message, "");
  const { person } = message.closest(".phone").dataset;
  const id = Number(message.dataset.id);
  awaitAnswer(person);
  const answer = await post(path, { person, message: id, event: newEvent(), ...body });
  show(answer);
  const now = log.querySelector(`.message[data-id="${id}"]`) ?? message;
  now.removeAttribute("aria-busy");
  now.querySelector(".pressed")?.classList.remove("pressed");
  if (!answer.ok && now.querySelector(".problem") === null) say(now, answer.text);
}

/** What came of an act: messages, and a file that the browser keeps. */
function show({ messages = [], file }) {
  for (const payload of messages) place(payload, true);
  if (file === undefined) return;
  const bytes = Uint8Array.from(atob(file.bytes), (one) => one.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function sayText(composer, text) {
  const phone = composer.closest(".phone");
  const notice = composer.querySelector(".notice");
  const path = text === undefined ? "/open" : "/say";
  const said = text === undefined ? {} : { text };
  say(notice, "");
  awaitAnswer(phone.dataset.person);
  const answer = await post(path, { person: phone.dataset.person, event: newEvent(), ...said });
  show(answer);
  if (!answer.ok) say(notice, answer.text ?? texts.trouble.unsent);
  return answer.ok;
}

/** Gives a file to Attune. It goes as text: everything else that the page sends does, too. */
async function giveFile(composer, file) {
  if (file === undefined || composer.hasAttribute("aria-busy")) return;
  const notice = composer.querySelector(".notice");
  const { person } = composer.closest(".phone").dataset;
  say(notice, "");
  composer.setAttribute("aria-busy", "true");
  awaitAnswer(person);
  const bytes = await asBase64(file);
  const answer = await post("/file", { person, event: newEvent(), name: file.name, bytes });
  show(answer);
  composer.removeAttribute("aria-busy");
  if (!answer.ok) say(notice, answer.text ?? texts.trouble.unsent);
}

const asBase64 = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.split(",")[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });

/** A file that is chosen, or dropped on the phone of somebody who may give one. */
function takeFiles(phones) {
  phones.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    const [file] = event.target.files;
    void giveFile(event.target.closest("form"), file);
    event.target.value = "";
  });
  const over = (event) => event.target.closest?.(".phone")?.querySelector(".composer:has(.attach)");
  phones.addEventListener("dragover", (event) => {
    if (over(event)) event.preventDefault();
  });
  phones.addEventListener("drop", (event) => {
    const composer = over(event);
    if (!composer) return;
    event.preventDefault();
    void giveFile(composer, event.dataTransfer.files[0]);
  });
}

function count(area) {
  const left = Number(area.dataset.maximum) - [...area.value].length;
  const place = area.closest("form").querySelector(".left");
  place.textContent = area.value === "" ? "" : area.dataset.left.replace("{count}", String(left));
  place.classList.toggle("over", left < 0);
}

async function submit(form) {
  const area = form.querySelector("textarea");
  if (!form.classList.contains("composer")) {
    const values = Object.fromEntries(new FormData(form));
    await act(form.closest(".message"), "/submit", { act: form.dataset.act, values });
    return;
  }
  const text = area.value.trim();
  if (text === "" || form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  // Cleared only once it was taken: what is refused stays where it was typed.
  if (await sayText(form, text)) area.value = "";
  form.removeAttribute("aria-busy");
  area.focus();
}

/** Holds the message that is pressed as it is, until what the tap meant was taken. */
function holdWhatIsTouched(phones) {
  const letGo = () => {
    const late = since;
    touched = undefined;
    since = [];
    for (const [payload, mine] of late) place(payload, mine);
  };
  phones.addEventListener("pointerdown", ({ target }) => {
    letGo();
    const message = target.closest(".message");
    if (message === null) return;
    touched = `${message.closest(".phone").dataset.person}/${message.dataset.id}`;
  });
  // The click comes right after the finger is lifted.
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(letGo));
}

/** Listens on a whole page of phones, those that come later included. */
export function startChats(phones) {
  holdWhatIsTouched(phones);
  phones.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button === null || button.type === "submit") return;
    const composer = button.closest(".phone")?.querySelector(".composer");
    if (button.dataset.gives !== undefined) composer.querySelector(".attach input")?.click();
    else if (button.dataset.act !== undefined) {
      button.classList.add("pressed");
      void act(button.closest(".message"), "/press", { act: button.dataset.act });
    } else if (button.dataset.says !== undefined) void sayText(composer, button.dataset.says);
    else if (button.classList.contains("open")) void sayText(composer);
  });
  phones.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(event.target);
  });
  phones.addEventListener("keydown", (event) => {
    // While a Japanese word is being composed, Enter belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target.tagName !== "TEXTAREA")
      return;
    event.preventDefault();
    event.target.closest("form").requestSubmit();
  });
  phones.addEventListener("input", (event) => {
    if (event.target.dataset.maximum !== undefined) count(event.target);
  });
  takeFiles(phones);
  for (const log of logs()) {
    group(log);
    toNewest(log);
  }
}
