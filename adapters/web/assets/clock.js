// Program time and the buttons that move it.

import { lang, post, texts } from "./api.js";
import { showNewest } from "./chat.js";
import { noteDigest, renewHint } from "./hint.js";
import { follow, seated } from "./seats.js";

const PACE = 1500;
let playing = false;
let shownAt = Number.NEGATIVE_INFINITY;

const buttons = () => [...document.querySelectorAll("[data-jump]")];

export function showTime(time) {
  const face = time[lang];
  const clock = document.getElementById("clock-time");
  if (clock.textContent !== face.time) {
    clock.textContent = face.time;
    clock.classList.remove("moved");
    requestAnimationFrame(() => clock.classList.add("moved"));
  }
  document.getElementById("clock-date").textContent = face.date;
  const changed = time.now !== shownAt;
  shownAt = time.now;
  return changed;
}

const report = (text) => {
  document.getElementById("reached").textContent = text;
};

async function jump(kind) {
  for (const button of buttons()) button.setAttribute("aria-disabled", "true");
  const answer = await post("/jump", { jump: kind });
  for (const button of buttons()) button.removeAttribute("aria-disabled");
  report(answer.text ?? "");
  if (!answer.ok) return false;
  const digests = answer.reached.filter((each) => each.digest);
  const digest = digests.find((each) => seated().includes(each.person)) ?? digests[0];
  const isGoal = digest !== undefined && noteDigest(digest.name);
  await follow(isGoal ? [digest.person] : answer.reached.map((each) => each.person));
  for (const { person } of answer.reached) showNewest(person);
  renewHint();
  return true;
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function play(button) {
  playing = !playing;
  button.setAttribute("aria-pressed", String(playing));
  button.querySelector("span").textContent = playing ? texts.clock.pause : texts.clock.forward;
  while (playing) {
    if (!document.hidden && !(await jump("next-message"))) break;
    await pause(PACE);
  }
  stopPlaying();
}

export function stopPlaying() {
  playing = false;
  const button = document.getElementById("forward");
  button?.setAttribute("aria-pressed", "false");
  if (button !== null) button.querySelector("span").textContent = texts.clock.forward;
}

export function startClock() {
  for (const button of buttons()) {
    button.addEventListener("click", () => {
      if (!button.hasAttribute("aria-disabled")) void jump(button.dataset.jump);
    });
  }
  const forward = document.getElementById("forward");
  forward?.addEventListener("click", () => {
    if (playing) stopPlaying();
    else void play(forward);
  });

  const dialog = document.getElementById("confirm");
  document.getElementById("start-over")?.addEventListener("click", () => {
    stopPlaying();
    dialog.showModal();
  });
  dialog.addEventListener("click", async (event) => {
    const choice = event.target.closest("button")?.value;
    if (choice === undefined && event.target !== dialog) return;
    dialog.close();
    if (choice !== "yes") return;
    const answer = await post("/start-over", {});
    // Read anew, so that the first day's people sit at the phones again.
    if (answer.ok) location.assign(`/?lang=${lang}`);
    else report(answer.text ?? "");
  });
}
