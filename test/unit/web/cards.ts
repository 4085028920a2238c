import type { Act, Block, Card, Locale } from "#src/card/card.ts";

export const act = (name: string): Act => name as Act;

export const card = (locale: Locale, ...blocks: Block[]): Card => ({ locale, notification: blocks[0]?.type === "title" ? blocks[0].text : "Attune", blocks });

export const goalCard = card(
  "en",
  { type: "title", text: "Your goal for this shift", note: "Day · 08:00–17:00" },
  { type: "text", text: "With Dr. Yuki Sato", tone: "quiet" },
  {
    type: "question",
    text: "What would you like to work on?",
    step: { now: 1, of: 5 },
    choices: [
      { label: "Procedures and ultrasound (unfinished last time)", act: act("g:procedures"), chosen: true },
      { label: "Differential and reasoning", act: act("g:reasoning") },
      { label: "Reassessment and disposition", act: act("g:disposition") },
      { label: "Something else", act: act("g:else") },
    ],
  },
  { type: "visibility", text: "Visible to: Dr. Yuki Sato at once. You can share less." },
  { type: "actions", actions: [{ label: "Who sees my goal", act: act("share"), style: "quiet" }] },
);

export const helpCardJa = card(
  "ja",
  { type: "title", text: "この勤務の目標", note: "日勤 · 08:00–17:00" },
  {
    type: "answers",
    rows: [
      { label: "目標", value: "手技と超音波", change: { label: "変更", act: act("c:goal") } },
      { label: "勤務が終わるまでに", value: "中心静脈カテーテルを、最初から最後まで自分で進める", change: { label: "変更", act: act("c:line") } },
    ],
  },
  {
    type: "question",
    text: "今日はどのくらい手助けがほしいですか",
    step: { now: 3, of: 5 },
    choices: [
      { label: "指導医が主導し、研修医は見学する", act: act("h:1") },
      { label: "指導医が主導し、研修医は一部を一つずつ行う", act: act("h:2") },
      { label: "研修医が主導し、指導医は必要なときに入る", act: act("h:3") },
      { label: "研修医が主導し、指導医は見守るだけにする", act: act("h:4") },
    ],
  },
  { type: "visibility", text: "ふたりとも答えたあとで、あなたと中村 葵先生に見えます。" },
);

export const lineCard = card(
  "en",
  { type: "title", text: "Your goal for this shift", note: "Day · 08:00–17:00" },
  { type: "answers", rows: [{ label: "Goal", value: "Procedures and ultrasound", change: { label: "Change", act: act("c:goal") } }] },
  {
    type: "input",
    text: "By the end of this shift I want to …",
    step: { now: 2, of: 5 },
    name: "line",
    placeholder: "one thing, in your own words",
    maximum: 140,
    problem: "That looks like a record number. Please leave out anything about a patient.",
    submit: { label: "Save", act: act("save"), style: "primary" },
    skip: { label: "Skip", act: act("skip"), style: "quiet" },
  },
  { type: "visibility", text: "Visible to: Dr. Yuki Sato at once. You can share less." },
);

export const compareCard = card(
  "en",
  { type: "title", text: "You and Dr. Yuki Sato", note: "Day · 08:00–17:00" },
  { type: "text", text: "Worth a minute together:", tone: "strong" },
  {
    type: "compare",
    mine: "You",
    theirs: "Dr. Yuki Sato",
    rows: [
      {
        label: "Help",
        mine: "Resident leads, attending steps in when needed",
        theirs: "Attending leads, resident watches",
        gap: {
          direction: "More help is planned than wanted.",
          starter: "“Is there one case today that the resident could lead, with you close by?”",
        },
      },
      { label: "When to call", mine: "Before disposition", theirs: "Before orders or procedures" },
      { label: "Feedback", mine: "After the case", theirs: "After the case" },
    ],
  },
  { type: "actions", actions: [{ label: "We talked about it", act: act("talked"), style: "primary" }] },
);

export const digestCard = card(
  "en",
  { type: "title", text: "Your week with your residents", note: "Mon, Mar 23 – Sun, Mar 29" },
  { type: "text", text: "Haruka Tanaka", tone: "strong" },
  {
    type: "facts",
    rows: [
      { label: "Goals", value: "Procedures and ultrasound (partly)\nFlow and multitasking (yes)" },
      { label: "Differences", value: "Still worth a talk: Help" },
      { label: "Next shift together", value: "Thu, Apr 2, 08:00–17:00" },
    ],
  },
  { type: "quote", by: "A line from Haruka Tanaka", text: "Thank you for letting me run the second resuscitation." },
  { type: "divider" },
  { type: "text", text: "One idea: start the next shift with Haruka Tanaka by a minute on “Help”." },
  { type: "text", text: "You answered 6 of 7 asks this week.", tone: "quiet" },
  { type: "visibility", text: "Visible to: only you. It shows what your residents shared and what you both answered." },
);

export const eraseCard = card(
  "en",
  { type: "title", text: "Erase everything of yours?" },
  { type: "text", text: "Your answers, messages and accounts are erased and cannot be brought back." },
  {
    type: "actions",
    actions: [
      { label: "Erase everything", act: act("erase"), style: "danger" },
      { label: "Cancel", act: act("cancel") },
    ],
  },
);
