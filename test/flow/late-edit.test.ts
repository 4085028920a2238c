import { expect, it } from "vitest";
import type { Address } from "#src/domain/person.ts";
import { tapsOf } from "#src/card/act.ts";
import { flow } from "#test/support/attune.ts";

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
