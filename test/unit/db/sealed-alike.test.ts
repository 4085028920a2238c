import { expect, it } from "vitest";
import { keyOf, newSecret, type Place } from "#db/keys/keys.ts";

/* What was sealed or opened lately is remembered: it must read as if it were done anew each time. */

const PLACE: Place = { table: "identity", row: '["p","slack"]', column: "account" };
const ELSEWHERE: Place = { ...PLACE, row: '["q","slack"]' };

it.each(["U1", "", "高橋", "x".repeat(5_000)])("a text is sealed the same again, and opens again", (text) => {
  const key = keyOf(newSecret());

  const [once, again] = [key.sealAlike(text, PLACE), key.sealAlike(text, PLACE)];

  expect(again).toBe(once);
  expect([key.openAlike(once, PLACE), key.openAlike(once, PLACE)]).toEqual([text, text]);
  expect(key.sealAlike(text, ELSEWHERE)).not.toBe(once);
});

it("what another process sealed opens, and is what this one seals", () => {
  const secret = newSecret();

  const theirs = keyOf(secret).sealAlike("U1", PLACE);

  expect(keyOf(secret).openAlike(theirs, PLACE)).toBe("U1");
  expect(keyOf(secret).sealAlike("U1", PLACE)).toBe(theirs);
});

it("nothing opens in another place, changed, or with another key, also once it has opened", () => {
  const key = keyOf(newSecret());
  const sealed = key.sealAlike("U1", PLACE);
  key.openAlike(sealed, PLACE);
  const last = sealed.at(-2) === "A" ? "B" : "A";

  expect(() => key.openAlike(sealed, ELSEWHERE)).toThrow("cannot be decrypted");
  expect(() => key.openAlike(sealed.slice(0, -2) + last + sealed.at(-1), PLACE)).toThrow(
    "cannot be decrypted",
  );
  expect(() => keyOf(newSecret()).openAlike(sealed, PLACE)).toThrow("another key");
});
