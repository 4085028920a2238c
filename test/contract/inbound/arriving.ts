import { expect } from "vitest";
import type { Inbound } from "#src/ports/inbound.ts";
import { ODD, OTHER_TAP, TAP, WRITE, asking, key, sent, shown, writing } from "./cards.ts";
import type { InboundRig } from "./rig.ts";

/** What a person does reaches the core once, in our own words, under a verified name; what is forged does not. */
export const arriving = {
  "opening the conversation is an act of the person who opened it": async (rig: InboundRig) => {
    await rig.opens();

    expect(rig.received).toEqual([{ type: "opened", event: expect.any(String), sender: rig.person }]);
  },

  "a typed message reaches the core as it was typed": async (rig: InboundRig) => {
    await rig.says(ODD);

    expect(rig.received).toEqual([
      { type: "said", event: expect.any(String), sender: rig.person, text: ODD },
    ]);
  },

  "a file reaches the core under its name, and is fetched only when it is read": async (rig: InboundRig) => {
    await rig.gives({ name: "2026年3月.csv", text: "person,start,end\n" }, "");

    expect(rig.received).toEqual([
      {
        type: "file",
        event: expect.any(String),
        sender: rig.person,
        text: "",
        file: { name: "2026年3月.csv", read: expect.any(Function) },
      },
    ]);
    expect(rig.fetched()).toBe(0);
    const [act] = rig.received;
    const read = act?.type === "file" ? await act.file.read() : undefined;
    expect(read).toEqual({ bytes: expect.any(Uint8Array) });
    expect(read !== undefined && "bytes" in read && new TextDecoder().decode(read.bytes)).toBe(
      "person,start,end\n",
    );
  },

  "a tap reaches the core with its act and its message": async (rig: InboundRig) => {
    const message = await sent(rig, asking);

    await rig.presses(message, TAP);

    expect(rig.received).toEqual([
      { type: "pressed", event: expect.any(String), sender: rig.person, act: TAP, message },
    ]);
  },

  "what was typed into a card reaches the core under its input's name, as it was typed": async (
    rig: InboundRig,
  ) => {
    const message = await sent(rig, writing);

    await rig.submits(message, WRITE, { line: ODD });

    expect(rig.received).toEqual([
      {
        type: "submitted",
        event: expect.any(String),
        sender: rig.person,
        act: WRITE,
        message,
        values: { line: ODD },
      },
    ]);
  },

  "where a person acted from, they can be written to": async (rig: InboundRig) => {
    await rig.says("hello");

    await rig.messenger.send(rig.received[0]!.sender.address, shown("Aralia"), key("k2"));

    expect((await rig.shows()).join("\n")).toContain("Aralia");
  },

  "the same event again has the same key, and another deed has another": async (rig: InboundRig) => {
    const message = await sent(rig, asking);

    const first = await rig.presses(message, TAP);
    await first.again();
    await rig.presses(message, OTHER_TAP);
    const said = await rig.says("hello");
    await said.again();

    // An adapter may know an event again and hand it over once.
    const deeds = new Map(rig.received.map((one) => [one.event, deedOf(one)]));
    expect([...deeds.values()]).toEqual([`pressed ${TAP}`, `pressed ${OTHER_TAP}`, "said hello"]);
    expect(rig.received.every((one) => deeds.get(one.event) === deedOf(one))).toBe(true);
  },

  "a forged, unsigned or foreign request reaches nobody": async (rig: InboundRig) => {
    const forgeries = Object.entries(rig.forgeries);

    const taken: string[] = [];
    for (const [name, deliver] of forgeries) if ((await deliver()).taken) taken.push(name);

    expect(forgeries.length).toBeGreaterThan(0);
    expect(taken).toEqual([]);
    expect(rig.received).toEqual([]);
  },
};

const deedOf = (one: Inbound): string =>
  one.type === "pressed" ? `pressed ${one.act}` : one.type === "said" ? `said ${one.text}` : one.type;
