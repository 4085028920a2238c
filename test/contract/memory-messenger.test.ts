import { memoryAddress } from "#adapters/memory/address.ts";
import { memoryCloud, memoryMessenger, type Trouble } from "#adapters/memory/messenger.ts";
import { instant } from "#src/domain/time.ts";
import { messengerContract } from "./messenger.ts";

const nowhere = memoryAddress("nobody");

messengerContract("memory", async () => {
  const cloud = memoryCloud();
  const broken: Trouble[] = [];
  const open = () =>
    memoryMessenger({
      cloud,
      now: () => instant(0),
      trouble: (to) => (to === nowhere ? "unreachable" : broken.shift()),
    });

  return {
    messenger: open(),
    people: [memoryAddress("r1"), memoryAddress("a1")],
    unreachable: nowhere,
    restart: async () => open(),
    shows: async (to) =>
      cloud.chat(to).map(({ card }) => card.blocks.map((block) => words(block)).join("\n")),
    remove: (message) => cloud.remove(message),
    breakNext: (when) => void broken.push(when === "before" ? "lost" : "arrived"),
    [Symbol.asyncDispose]: async () => {},
  };
});

const words = (block: object): string => ("text" in block ? String(block.text) : "");
