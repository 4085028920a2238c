import { expect } from "vitest";
import type { Card } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import { AttuneError } from "#src/errors.ts";
import type { DeliveryKey, MessageRef, Messenger } from "#src/ports/messenger.ts";
import { withoutSecrets } from "#src/ops/redaction.ts";
import { holdTo, type Excuses } from "./rules.ts";

/** One platform with nobody's messages on it yet, and a messenger that speaks to it. */
export interface MessengerRig extends AsyncDisposable {
  readonly messenger: Messenger;
  /** Two people who can be written to. */
  readonly people: readonly [Address, Address];
  /** Somebody who cannot (left, blocked, never installed). Absent where there is nobody of the kind. */
  readonly unreachable?: Address;
  /** The process stops and starts again; the platform stays. */
  restart(): Promise<Messenger>;
  /** What a person's chat shows now, oldest first: each message as text that has the card's words in it. */
  shows(to: Address): Promise<readonly string[]>;
  /** Somebody else deletes a message on the platform. Absent where nobody can. */
  remove?(message: MessageRef): Promise<void> | void;
  /** The connection of the next send breaks: before the message arrived, or after. Absent where there is no connection. */
  breakNext?(when: "before" | "after"): void;
}

/** Why a platform does not keep a rule, by the rule's sentence. */
export type Skips = Excuses<keyof typeof rules>;

/** Holds a messenger to what the engine relies on. A rule in `skips` must fail: an excuse that is not needed is an error. */
export function messengerContract(name: string, open: () => Promise<MessengerRig>, skips: Skips = {}): void {
  holdTo(`${name} keeps the messenger's contract`, rules, open, skips);
}

const rules = {
  "a sent card stands once in its reader's chat, and in nobody else's": async ({
    messenger,
    people,
    shows,
  }: MessengerRig) => {
    await messenger.send(people[0], card("Mimosa"), key("k1"));

    expect(await shows(people[0])).toEqual([expect.stringContaining("Mimosa")]);
    expect(await shows(people[1])).toEqual([]);
  },

  "messages stand in the order they were sent, each with a ref of its own": async (rig: MessengerRig) => {
    const to = rig.people[0];

    const first = await rig.messenger.send(to, card("Mimosa"), key("k1"));
    const second = await rig.messenger.send(to, card("Aralia"), key("k2"));

    expect(first).not.toBe(second);
    expect(await rig.shows(to)).toEqual([
      expect.stringContaining("Mimosa"),
      expect.stringContaining("Aralia"),
    ]);
  },

  "an update shows the new card in place of the old one, and only there": async (rig: MessengerRig) => {
    const to = rig.people[0];
    const first = await rig.messenger.send(to, card("Mimosa"), key("k1"));
    await rig.messenger.send(to, card("Aralia"), key("k2"));

    await rig.messenger.update(first, card("Camellia"));

    const shown = await rig.shows(to);
    expect(shown).toEqual([expect.stringContaining("Camellia"), expect.stringContaining("Aralia")]);
    expect(shown.join("\n")).not.toContain("Mimosa");
  },

  "a message is named in the log so that operators find it, and its reader's account is not": async (
    rig: MessengerRig,
  ) => {
    const [one, other] = await Promise.all(
      ["k1", "k2"].map((each) => rig.messenger.send(rig.people[0], card("Mimosa"), key(each))),
    );

    const names = [one!, other!].map((ref) => rig.messenger.nameInLog?.(ref) ?? ref);

    expect(withoutSecrets({ message: names[0] })).toEqual({ message: names[0] });
    expect(new Set(names).size).toBe(2);
    expect(names[0]).not.toContain(rig.people[0]);
    // An address may have several parts, as Teams' has: the tenant, the account, the chat.
    for (const part of partsOf(rig.people[0])) expect(names[0]).not.toContain(part);
  },

  "an update may be repeated": async (rig: MessengerRig) => {
    const to = rig.people[0];
    const ref = await rig.messenger.send(to, card("Mimosa"), key("k1"));

    await rig.messenger.update(ref, card("Camellia"));
    await rig.messenger.update(ref, card("Camellia"));

    expect(await rig.shows(to)).toEqual([expect.stringContaining("Camellia")]);
  },

  "an update of a message that is gone says so, and brings nothing back": async (rig: MessengerRig) => {
    if (rig.remove === undefined) throw new Error("Nobody can delete a message of this rig's.");
    const to = rig.people[0];
    const ref = await rig.messenger.send(to, card("Mimosa"), key("k1"));
    await rig.remove(ref);

    const failed = await failure(rig.messenger.update(ref, card("Camellia")));

    expect(failed.code).toBe("gone");
    expect(await rig.shows(to)).toEqual([]);
  },

  "a message that is taken out stands in no chat, and may be taken out twice": async ({
    messenger,
    people: [to],
    shows,
  }: MessengerRig) => {
    if (messenger.remove === undefined) throw new Error("This messenger takes no message out.");
    const ref = await messenger.send(to, card("Mimosa"), key("k1"));
    await messenger.send(to, card("Aralia"), key("k2"));

    await messenger.remove(ref);
    await messenger.remove(ref);

    expect(await shows(to)).toEqual([expect.stringContaining("Aralia")]);
  },

  "a message stands in its reader's chat and not in another's, as far as the platform can tell": async (
    rig: MessengerRig,
  ) => {
    const [to, other] = rig.people;

    const ref = await rig.messenger.send(to, card("Mimosa"), key("k1"));

    expect((await rig.messenger.standsAt?.(ref, to)) ?? true).toBe(true);
    expect((await rig.messenger.standsAt?.(ref, other)) ?? false).toBe(false);
  },

  "a look-up finds what arrived, and nothing else": async (rig: MessengerRig) => {
    const [to, other] = rig.people;
    const ref = await rig.messenger.send(to, card("Mimosa"), key("k1"));

    expect(await find(rig.messenger, to, "k1")).toBe(ref);
    expect(await find(rig.messenger, to, "k2")).toBeUndefined();
    expect(await find(rig.messenger, other, "k1")).toBeUndefined();
  },

  "a look-up finds a message that was changed since": async (rig: MessengerRig) => {
    const to = rig.people[0];
    const ref = await rig.messenger.send(to, card("Mimosa"), key("k1"));

    await rig.messenger.update(ref, card("Camellia"));

    expect(await find(rig.messenger, to, "k1")).toBe(ref);
  },

  "a look-up finds what arrived before a restart, and it can still be changed": async (rig: MessengerRig) => {
    const to = rig.people[0];
    const ref = await rig.messenger.send(to, card("Mimosa"), key("k1"));

    const messenger = await rig.restart();

    expect(await find(messenger, to, "k1")).toBe(ref);
    expect(await find(messenger, to, "k2")).toBeUndefined();
    await messenger.update(ref, card("Camellia"));
    expect(await rig.shows(to)).toEqual([expect.stringContaining("Camellia")]);
  },

  "a look-up is there exactly when it is declared": async ({ messenger }: MessengerRig) => {
    expect(messenger.find !== undefined).toBe(messenger.supports.lookup);
  },

  "a person who cannot be written to is told apart, and nothing stands": async (rig: MessengerRig) => {
    const nowhere = rig.unreachable;
    if (nowhere === undefined) throw new Error("This rig knows nobody who cannot be written to.");

    const failed = await failure(rig.messenger.send(nowhere, card("Mimosa"), key("k1")));

    expect(failed.code).toBe("unreachable");
    expect(await rig.shows(nowhere)).toEqual([]);
  },

  "a connection that breaks is doubtful, and a look-up tells what became of it": async (
    rig: MessengerRig,
  ) => {
    if (rig.breakNext === undefined) throw new Error("This rig has no connection that could break.");
    const to = rig.people[0];

    rig.breakNext("before");
    const before = await failure(rig.messenger.send(to, card("Mimosa"), key("k1")));
    rig.breakNext("after");
    const after = await failure(rig.messenger.send(to, card("Aralia"), key("k2")));

    expect([before.code, after.code]).toEqual(["ambiguous", "ambiguous"]);
    expect(await find(rig.messenger, to, "k1")).toBeUndefined();
    expect(await find(rig.messenger, to, "k2")).toBeDefined();
  },

  "text is shown as it was written, whatever it looks like": async (rig: MessengerRig) => {
    const odd = "a < b & *c* _d_ <b>e</b> <@U1> 日本語";

    await rig.messenger.send(rig.people[0], card(odd), key("k1"));

    expect(await rig.shows(rig.people[0])).toEqual([expect.stringContaining(odd)]);
  },
};

const card = (text: string): Card => ({
  locale: "en",
  notification: "A message from Attune",
  blocks: [{ type: "text", text }],
});

const key = (text: string): DeliveryKey => text as DeliveryKey;

const find = async (messenger: Messenger, to: Address, name: string) => {
  if (messenger.find === undefined) throw new Error("This messenger has no look-up.");
  return messenger.find(to, key(name));
};

const failure = async (sending: Promise<unknown>): Promise<AttuneError> => {
  const outcome = await sending.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof AttuneError)) throw new Error("It should have failed with an AttuneError.");
  return outcome;
};

function partsOf(address: Address): readonly string[] {
  try {
    const parts: unknown = JSON.parse(address);
    return Array.isArray(parts) ? parts.filter((part) => typeof part === "string" && part.length > 4) : [];
  } catch {
    return [];
  }
}
