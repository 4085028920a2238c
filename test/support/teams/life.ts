import { loadMasterKey } from "#db/keys/key-file.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { en } from "#src/words/en.ts";
import { BEGINNING, BEGUN, emailOf, EVERYBODY } from "#test/support/lakeside-month.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { local } from "#test/support/programs.ts";
import type { LifeDriver } from "#test/support/whole-life.ts";
import { folder } from "../../unit/config/folder.ts";
import { consentIn, fileGiven, taking } from "./files.ts";
import { teamsPhone } from "./hospital.ts";
import { chatOf, objectOf, office } from "./office.ts";

/** A program in Teams, through the real Bot Framework, whose coordinator has Attune there. Everybody is known by e-mail once they have it. */
export async function teamsLife(): Promise<LifeDriver> {
  const files = folder(BEGUN);
  let attune: Awaited<ReturnType<typeof onDisk>> | undefined;
  let given = new Uint8Array();
  let put = "";
  const teams = await office(
    (inbound) => attune!.receive(inbound),
    async () => ({ bytes: given }),
    async ({ bytes }) => {
      put = new TextDecoder().decode(bytes);
      return true;
    },
  );
  for (const id of EVERYBODY)
    teams.service.members.set(`29:${id}`, { id: `29:${id}`, aadObjectId: objectOf(id), email: emailOf(id) });
  const place = {
    program: files.path("program.yaml"),
    database: files.path("attune.db"),
    key: files.path("attune.key"),
  };
  const db = openSqlite({ file: place.database, keys: loadMasterKey(place.key, { create: true }) });
  attune = await onDisk([place.program], BEGINNING, { messenger: teams.platform.messenger, db });
  const here = attune;
  const phone = (who: string) => teamsPhone(teams, { beat: () => here.beats() }, who);
  await phone("c1").installs();
  await here.beat();
  return {
    place,
    joins: (who) => phone(who).installs(),
    async gives(who, name, bytes) {
      given = new Uint8Array(bytes);
      await teams.post(fileGiven(teams, who, name));
      await teams.platform.settled();
      await here.beats();
    },
    async taps(who, label) {
      await phone(who).taps(label);
    },
    async writes(who, text) {
      await phone(who).taps(en.buttons.save, text);
    },
    says: (who, text) => phone(who).says(text),
    chat: async (who) => phone(who).chat(),
    async got(who) {
      const asked = teams.service.chat(chatOf(who)).findLast(({ body }) => consentIn(body) !== undefined)!;
      await teams.post(taking(teams, who, asked.id, consentIn(asked.body)!));
      await teams.platform.settled();
      return put;
    },
    charts: async (who) =>
      teams.service.chat(chatOf(who)).filter(({ body }) => JSON.stringify(body).includes('"Chart.Line"'))
        .length,
    until: (time) => here.until(local(time, "UTC")),
    async [Symbol.asyncDispose]() {
      await teams[Symbol.asyncDispose]();
      await here[Symbol.asyncDispose]();
      files[Symbol.dispose]();
    },
  };
}
