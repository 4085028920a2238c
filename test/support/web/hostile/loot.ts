import { randomUUID } from "node:crypto";
import type { RawRequest } from "../raw.ts";

/** What an attacker may know: the page's token, a message of one person and their act, and those of others. */
export interface Loot {
  readonly host: string;
  readonly token: string;
  readonly person: string;
  /** A message of the person's own with an open question. */
  readonly message: number;
  readonly nudge: number;
  /** A right answer to that question. */
  readonly act: string;
  readonly other: { readonly person: string; readonly message: number; readonly nudge: number };
  readonly expired: { readonly person: string; readonly message: number; readonly act: string };
  /** The event of an answer that was taken. */
  readonly spent: string;
}

export interface Hostile extends RawRequest {
  readonly name: string;
  /** The refusal that is due. */
  readonly status: number;
}

/** What a page of this process sends along. */
export const right = ({ token, host }: Loot) => ({
  "content-type": "application/json",
  "x-attune-token": token,
  origin: `http://${host}`,
});

/** JSON, with nothing wrong around it. */
export const json = (loot: Loot, path: string, body: unknown): RawRequest => ({
  method: "POST",
  path,
  headers: right(loot),
  body: typeof body === "string" ? body : JSON.stringify(body),
});

/** A tap that would be taken. */
export const tapOf = (loot: Loot) => ({
  person: loot.person,
  event: randomUUID(),
  message: loot.message,
  act: loot.act,
});
