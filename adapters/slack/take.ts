import pTimeout from "p-timeout";
import type { Locale } from "#src/domain/locale.ts";
import { AttuneError } from "#src/errors.ts";
import type { BotResponse, GivenFile, Inbound } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import { readAddress, slackAddress } from "./address.ts";
import type { SlackDirectory } from "./directory.ts";
import { answerToForeign } from "./foreign.ts";
import type { SharedFile } from "./files.ts";
import { readPayload } from "./inbound.ts";
import type { Place, Read } from "./read.ts";
import { namesWanted } from "./typed.ts";
import { isForUs, type Home } from "./origin.ts";
import { NAME, NOT_SAVED } from "./texts.ts";

/** The result for a payload, before Bolt sees it. What the response says was stored is on disk. */
export type Taken =
  | {
      readonly type: "response";
      readonly inbound: Inbound;
      readonly place: Place;
      readonly response: BotResponse;
      /** The core failed. The person is told, and Slack gets no acknowledgement. */
      readonly isFailed?: true;
    }
  /** A file that takes longer than Slack waits for a dialog. It is acknowledged, and answered when it was read. */
  | { readonly type: "later"; readonly locale: Locale; readonly taken: Promise<Taken> }
  | Extract<Read, { type: "form" }>
  /** Nothing to show: Attune does not handle it, or it was handled before. */
  | { readonly type: "nothing" }
  /** Not for this installation. It is acknowledged with this, so that Slack does not deliver it again. */
  | { readonly type: "foreign"; readonly answer: object | undefined }
  /** Not stored. It is not acknowledged, so Slack delivers it again. */
  | { readonly type: "again" };

/** Our own ids in the workspace, as Slack told them. */
export interface Installation extends Home {
  readonly botUser: string;
  readonly bot: string;
  /** Known once Slack has named it in a payload that was verified. */
  readonly app?: string;
}

export interface TakeDeps {
  receive(inbound: Inbound): Promise<BotResponse>;
  /** Undefined until Slack has said who we are. */
  installation(): Installation | undefined;
  readonly directory: Pick<SlackDirectory, "noticed" | "nameOf">;
  readonly log: Log;
  /** How a file that is given is fetched. */
  files(file: SharedFile): GivenFile;
}

/** The number of Slack's last repeat of an event. If that fails too, the person is told. */
const LAST_REPEAT = 3;
/** How many handled acts are remembered: far more than come within Slack's five minutes of repeats. */
const REMEMBERED = 5_000;

const NOTHING: Taken = { type: "nothing" };
const AGAIN: Taken = { type: "again" };

/** Hands a verified payload to the core, once, before it is acknowledged. */
export function taker(deps: TakeDeps): (body: unknown, repeat: number) => Promise<Taken> {
  const once = onceEach((inbound) => deps.receive(inbound));
  const reachable = knowingChannels();

  return async (body, repeat) => {
    const us = deps.installation();
    if (us === undefined) return AGAIN;
    if (!isForUs(body, us)) {
      deps.log.warn({ kind: kindOf(body) }, "something of another Slack workspace was turned away");
      return { type: "foreign", answer: answerToForeign(body) };
    }
    const names = await namesIn(deps.directory, us, body);
    const read = readPayload(body, { names, files: deps.files });
    if (read === undefined) return NOTHING;
    if (read.type === "form") return read;
    if (read.type === "member") {
      deps.directory.noticed(read.member);
      return NOTHING;
    }
    const { place } = read;
    const inbound = reachable(read.inbound);
    const comesAgain = (place.type === "chat" || place.type === "home") && repeat < LAST_REPEAT;
    const answered = async (): Promise<Taken> => {
      try {
        const response = await once(inbound);
        if (response === undefined) return NOTHING;
        return !isKept(response) && comesAgain ? AGAIN : { type: "response", inbound, place, response };
      } catch (error) {
        const code = error instanceof AttuneError ? error.code : "bug";
        deps.log.error({ kind: inbound.type, code, error }, "an act of a person could not be handled");
        if (comesAgain) return AGAIN;
        const response = { kind: "refused", reason: "not-saved", text: NOT_SAVED } as const;
        return { type: "response", inbound, place, response, isFailed: true };
      }
    };
    return place.type === "dialog" ? soonOrLater(place.locale, answered()) : answered();
  };
}

/** Milliseconds of the three seconds that Slack waits for the answer to a dialog. */
const SOON = 1_500;

const soonOrLater = (locale: Locale, taken: Promise<Taken>): Promise<Taken> =>
  pTimeout(taken, { milliseconds: SOON, fallback: (): Taken => ({ type: "later", locale, taken }) });

/** Hands each act over once. Undefined for a double of one that was done. */
function onceEach(receive: TakeDeps["receive"]): (inbound: Inbound) => Promise<BotResponse | undefined> {
  /** Whether an act was done, by its event. Its content is not remembered, and a refused one is not done. */
  const handled = new Map<string, Promise<boolean>>();

  return async (inbound) => {
    const key = inbound.event;
    // A duplicate that comes while the first is handled waits for it: Slack may look only at the duplicate's answer.
    for (let before = handled.get(key); before !== undefined;) {
      if (await before) return undefined;
      const latest = handled.get(key);
      if (latest === before) break;
      before = latest;
    }
    const response = receive(inbound);
    handled.set(
      key,
      response.then(
        (one) => isDone(inbound, one),
        () => false,
      ),
    );
    forgetOldest(handled);
    return response;
  };
}

/** Completes a sender's address: home tabs and commands name no channel, but a person who was written to before has one. */
function knowingChannels(): (inbound: Inbound) => Inbound {
  const channels = new Map<string, string>();

  return (inbound) => {
    const { user, channel } = readAddress(inbound.sender.address);
    if (channel !== undefined) channels.set(user, channel);
    forgetOldest(channels);
    return { ...inbound, sender: { ...inbound.sender, address: slackAddress(user, channels.get(user)) } };
  };
}

/** The names of the members who are mentioned in a message. */
async function namesIn(
  directory: Pick<SlackDirectory, "nameOf">,
  us: Installation,
  body: unknown,
): Promise<ReadonlyMap<string, string>> {
  const wanted = namesWanted(body).slice(0, MOST_MENTIONS);
  const found = await Promise.all(
    wanted.map(async (id) => [id, id === us.botUser ? NAME : await directory.nameOf(id)] as const),
  );
  return new Map(found.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));
}

/** A line of 140 characters mentions no more members than these. */
const MOST_MENTIONS = 10;

const isKept = (response: BotResponse): boolean =>
  !(response.kind === "refused" && response.reason === "not-saved");

/**
 * Whether an act is done with, so that the same again is a double. A dialog that was refused stays open under its id: what
 * is sent from it next is another answer. Every other act has an id of its own, so a refused double is not refused twice.
 */
const isDone = ({ type }: Inbound, response: BotResponse): boolean =>
  response.kind !== "refused" ||
  response.reason === "already-received" ||
  (type !== "submitted" && isKept(response));

function forgetOldest(known: Map<string, unknown>): void {
  if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
}

const kindOf = (body: unknown): unknown =>
  typeof body === "object" && body !== null && "type" in body ? body.type : undefined;
