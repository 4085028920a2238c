import { expect, it } from "vitest";
import type { Address } from "#src/domain/person.ts";
import { tapsOf } from "#src/card/act.ts";
import { MINUTE } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { flow } from "#test/support/attune.ts";

it("what a platform could not edit is tried again later each time, and shows then what is newer", async () => {
  const tries: number[] = [];
  let [isBroken, now] = [false, () => 0];
  const underWay = async (message: MessageRef) => {
    if (!isBroken || !attune.cloud.chat(address).some(({ ref }) => ref === message)) return;
    tries.push((now() - broken) / MINUTE);
    throw new AttuneError("unavailable", "HTTP 503");
  };
  const address = "a1" as Address;
  await using attune = await flow({ messenger: { underWay } });
  now = () => attune.clock.now();
  await attune.until("2026-12-01T08:00");
  for (const id of ["r1", "a1"]) await attune.phone(id).agrees();
  const broken = now();
  const beats = async (first: number, last: number) => {
    for (let minute = first; minute <= last; minute += 1)
      await attune.until(`2026-12-01T08:${String(minute).padStart(2, "0")}`);
  };
  isBroken = true;

  await attune.phone("r1").taps("Procedures and ultrasound");
  await beats(1, 10);
  await attune.phone("r1").says("place a chest drain");
  await beats(11, 14);
  isBroken = false;
  await beats(15, 20);

  expect(tries).toEqual([0, 1, 2, 4, 8]);
  expect(attune.phone("a1").reads()).toContain("place a chest drain");
});

it("a tap made while an older edit is on its way is what the message shows in the end", async () => {
  let during: (() => Promise<void>) | undefined;
  const underWay = async () => {
    const act = during;
    during = undefined;
    await act?.();
  };
  await using attune = await flow({ messenger: { underWay } });
  const address = "a1" as Address;
  await attune.until("2026-12-01T08:00");
  for (const id of ["r1", "a1"]) await attune.phone(id).agrees();
  // The attending answers the first question at the very moment at which the resident's goal is edited in.
  during = async () => {
    const message = attune.cloud.chat(address).at(-1)!;
    const { act } = tapsOf(message.card).find(({ tap }) =>
      tap.label.startsWith("Attending leads, resident watches"),
    )!.tap;
    const sender = { platform: "memory", account: "a1", address };
    await attune.running.bot.receive({
      type: "pressed",
      event: "meanwhile",
      sender,
      act,
      message: message.ref,
    });
  };

  await attune.phone("r1").taps("Procedures and ultrasound");

  expect(during).toBeUndefined();
  expect(attune.phone("a1").reads()).toContain("When should Dr. r1 check in with you?");
});
