import { givenRoster } from "#src/simulation/given-roster.ts";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { runProgram, type RunningProgram } from "#src/engine.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Store } from "#src/ports/store.ts";
import { SILENT } from "#test/support/attune.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { BOT, TENANT, chatOf, objectOf, office, type Office } from "./office.ts";
import { actionsIn, wordsIn } from "./words.ts";

/** One person's Teams: their chat with Attune, and what they do in it. */
export interface TeamsPhone {
  installs(): Promise<void>;
  /** Removes Attune; Teams tells that in one of two ways. */
  removes(how?: "installationUpdate" | "conversationUpdate"): Promise<void>;
  /** Every message as it stands, oldest first, as text. */
  chat(): readonly string[];
  reads(): string;
  /** Taps the newest button with this label, sending along what was typed; resolves to the card shown in its place. */
  taps(label: string, typed?: string): Promise<unknown>;
  says(text: string): Promise<void>;
}

export interface Hospital extends AsyncDisposable {
  readonly teams: Office;
  readonly store: Store;
  readonly running: RunningProgram;
  /** Somebody's phone, in the chat that Teams made for them, or in this one. */
  phone(name: string, chat?: string): TeamsPhone;
  until(text: string): Promise<void>;
}

export interface HospitalWish {
  readonly program?: Program;
  readonly duties?: readonly string[];
}

/** The program with everybody known by their Entra object id. */
export const onTeams = (program: Program): Program => ({
  ...program,
  people: program.people.map((one) => ({ ...one, accounts: { teams: objectOf(one.id) } })),
});

const BOTH = ["r1 2026-12-01T08:00 2026-12-01T17:00", "a1 2026-12-01T08:00 2026-12-01T17:00"];

/** The whole process behind the real adapter, which talks real HTTP with a Teams of the test's own. */
export async function hospital(wish: HospitalWish = {}): Promise<Hospital> {
  const program = wish.program ?? onTeams(programOf());
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = db.store(program.id);
  const clock = handClock(local("2026-12-01T00:00", program.timeZone));
  const roster = rosterOf(wish.duties ?? BOTH, program.timeZone);
  const teams = await office((inbound) => running.bot.receive(inbound));
  const running = runProgram({
    program,
    store,
    clock,
    messengers: [teams.platform.messenger],
    owner: "test",
    log: SILENT,
    meters: NO_METERS,
    findRosterUpdate: givenRoster(roster),
    wake() {},
  });
  await running.beat();

  return {
    teams,
    store,
    running,
    phone: (name, chat) => teamsPhone(teams, running, name, chat),
    until: (text) => running.liveUntil(local(text, program.timeZone), (to) => clock.set(to)),
    async [Symbol.asyncDispose]() {
      await teams[Symbol.asyncDispose]();
      await db.close();
    },
  };
}

/** Somebody's Teams; after each act the engine beats, and the stored messages say what the answers said. */
export function teamsPhone(
  teams: Office,
  running: Pick<RunningProgram, "beat">,
  name: string,
  chat = chatOf(name),
): TeamsPhone {
  const messages = () => teams.service.chat(chat);
  const conversation = { id: chat, conversationType: "personal", tenantId: TENANT };
  const activity = (over: object) => teams.activity(name, { conversation, ...over });
  const send = async (activity: object) => {
    const response = await teams.post(activity);
    if (response.status !== 200) throw new Error(`${name}'s activity was refused: ${response.status}`);
    const text = await response.text();
    await running.beat();
    await teams.platform.settled();
    return text === "" ? undefined : (JSON.parse(text) as { value: unknown });
  };
  return {
    chat: () => messages().map(({ body }) => wordsIn(body).join("\n")),
    reads: () => wordsIn(messages().at(-1)?.body).join("\n"),
    async installs() {
      await send(activity({ type: "installationUpdate", action: "add", text: undefined }));
    },
    async removes(how = "installationUpdate") {
      const removal = how === "installationUpdate" ? { action: "remove" } : { membersRemoved: [{ id: BOT }] };
      await send(activity({ type: how, ...removal, text: undefined, id: undefined }));
    },
    async says(text) {
      await send(activity({ text }));
    },
    async taps(label, typed) {
      const found = messages().findLast(({ body }) => actionsIn(body).some(({ title }) => title === label));
      if (found === undefined) throw new Error(`${name} sees no "${label}" in:\n${this.chat().join("\n\n")}`);
      const { data } = actionsIn(found.body).find(({ title }) => title === label)!;
      const input = typeof data["input"] === "string" ? { [data["input"]]: typed ?? "" } : {};
      const answer = await send(
        activity({
          type: "invoke",
          name: "adaptiveCard/action",
          text: undefined,
          replyToId: found.id,
          value: { action: { type: "Action.Execute", data: { ...data, ...input } } },
        }),
      );
      return answer?.value;
    },
  };
}

export const idOf = (name: string): PersonId => name as PersonId;
