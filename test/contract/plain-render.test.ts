import { plain } from "#src/card/plain.ts";
import { renderContract } from "./render.ts";

const READ_ONLY = "a transcript is read, and nobody taps it";
const NO_NOTICE = "a transcript is opened on purpose, so nothing announces it";

renderContract(
  "plain text",
  {
    render: (card) => ({ payload: plain(card), losses: [] }),
    textsOf: (text) => [text],
    actsOf: () => [],
    notificationOf: () => "",
    check: () => [],
  },
  {
    "every action of any card is in the payload, or its block is in the losses": READ_ONLY,
    "the notification is the card's, with nothing of its blocks": NO_NOTICE,
  },
);
