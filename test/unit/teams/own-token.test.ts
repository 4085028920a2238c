import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ownToken } from "#adapters/teams/own-token.ts";
import { SILENT } from "#test/support/attune.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Entra, which gives a token, is out of reach, or refuses us. */
function entra() {
  const state = { says: undefined as string | undefined };
  const token = async () => {
    if (state.says !== undefined) throw new Error(state.says);
    return "token";
  };
  return { state, token };
}

it.each([
  ["out of reach", "ECONNREFUSED", "no-token"],
  ["refusing us", "AADSTS7000215", "token"],
] as const)(
  "sees within a minute or two that Entra is %s, and that it is back, though nobody sends",
  async (_, says, trouble) => {
    const { state, token } = entra();
    const own = ownToken(token, SILENT);
    const before = own.trouble();
    await own.start();
    const given = own.trouble();

    state.says = says;
    await vi.advanceTimersByTimeAsync(60_000);
    const gone = own.trouble();
    state.says = undefined;
    await vi.advanceTimersByTimeAsync(120_000);

    expect([before, given, gone, own.trouble()]).toEqual(["no-token", undefined, trouble, undefined]);
    own.stop();
    expect(vi.getTimerCount()).toBe(0);
  },
);
