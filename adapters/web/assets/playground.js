// The page's beginning: what arrives from Attune goes where it belongs.

import { lang, newEvent, post, texts } from "./api.js";
import { forgetOrder, place, startChats, takeOut } from "./chat.js";
import { showTime, startClock, stopPlaying } from "./clock.js";
import { forgetProgress, renewHint } from "./hint.js";
import { forgetUnread, load, noteMessage, phones, startSeats } from "./seats.js";
import { renewStrip, startStrip } from "./strip.js";

const trouble = document.getElementById("trouble");

/** Reads every phone anew: where something was missed, after a lost connection, or when the demo starts over. */
async function readAgain() {
  forgetOrder();
  await Promise.all(phones().map((phone) => load(Number(phone.dataset.seat), phone.dataset.person)));
  renewStrip();
  renewHint();
  await speakAtFirst();
}

const speak = (locale) => post("/language", { event: newEvent(), locale });

/** Before the first message, everybody of the demo speaks the visitor's language; later, each as they chose. */
async function speakAtFirst() {
  const isNew = document.querySelector(".message") === null;
  const isPlayed = document.querySelector("[data-jump]") !== null;
  const others = [...document.querySelectorAll(".log")].some((log) => log.lang !== lang);
  if (isNew && isPlayed && others) await speak(lang);
}

const shown = document.querySelector('meta[name="attune-event"]').content;

function listen() {
  const events = new EventSource(`/events?since=${shown}`);
  let lost = false;
  events.addEventListener("message", ({ data }) => {
    const payload = JSON.parse(data);
    if (place(payload) && payload.from === "attune") noteMessage(payload.person);
    renewStrip();
    renewHint();
  });
  events.addEventListener("time", ({ data }) => {
    if (showTime(JSON.parse(data))) renewStrip();
  });
  events.addEventListener("removed", ({ data }) => {
    takeOut(JSON.parse(data));
    renewHint();
  });
  events.addEventListener("chat", ({ data }) => {
    const { person } = JSON.parse(data);
    for (const phone of phones())
      if (phone.dataset.person === person) void load(Number(phone.dataset.seat), person);
  });
  events.addEventListener("resync", () => {
    stopPlaying();
    forgetUnread();
    forgetProgress();
    void readAgain();
  });
  events.addEventListener("missed", () => void readAgain());
  events.addEventListener("open", () => {
    trouble.textContent = "";
    void (lost ? readAgain() : speakAtFirst());
    lost = false;
  });
  events.addEventListener("error", () => {
    lost = true;
    trouble.textContent = texts.trouble.offline;
    // A stream that the server refused or closed for good is not tried again by the browser.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
}

function startAppearance() {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => button.setAttribute("aria-pressed", String(dark()));
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    localStorage.setItem("attune-theme", root.dataset.theme);
    show();
  });
  system.addEventListener("change", show);
  show();
}

function startLanguage() {
  const link = document.getElementById("language");
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    await speak(link.hreflang);
    location.assign(link.href);
  });
}

startAppearance();
startLanguage();
startSeats(() => {
  renewStrip();
  renewHint();
  const language = document.getElementById("language");
  const url = new URL(language.href);
  url.searchParams.set(
    "people",
    phones()
      .map((phone) => phone.dataset.person)
      .join(","),
  );
  language.href = url.href;
});
startChats(document.querySelector(".phones"));
startClock();
startStrip();
renewHint();
listen();
