import { describe, expect, it } from "vitest";
import { loadPrograms } from "#src/config/load-programs.ts";
import { readSettings } from "#src/config.ts";
import type { PlatformDescription } from "#src/ports/platform-description.ts";
import { FILES, folder } from "./folder.ts";

/** A platform that Attune has never heard of. */
const pager: PlatformDescription<{ readonly code: string; readonly line?: string }> = {
  name: "pager",
  title: "Pagers",
  readSettings({ text, secret, wrong }) {
    const [code, line] = [secret("PAGER_CODE"), text("PAGER_LINE")];
    if (code !== undefined && !code.startsWith("p-"))
      wrong("PAGER_CODE", "expected a pager's code", "copy the one that begins with p-");
    return code === undefined ? undefined : { code, ...(line === undefined ? {} : { line }) };
  },
  configuredHow: ({ line }) => `line ${line}`,
  hosts: () => [],
  open: () => Promise.reject(new Error("Nobody starts it here.")),
  check: async () => [],
  mending: () => undefined,
  commands: [],
};

const PEOPLE = "id,name,role,pager\nr1,Ken Sato,resident,4711\na1,Ines Weber,attending,\n";

describe("a platform that describes itself", () => {
  it("is configured by what it reads of the environment, and makes the process a real one", () => {
    const settings = readSettings({ PAGER_CODE: "p-1", PAGER_LINE: " 7 " }, [pager]);

    expect(settings.platforms).toEqual([{ platform: pager, settings: { code: "p-1", line: "7" } }]);
    expect(settings).toMatchObject({ playground: false, database: "./data/attune.db" });
  });

  it("is not there where it finds nothing of its own", () => {
    expect(readSettings({ PAGER_CODE: "" }, [pager])).toMatchObject({ platforms: [], playground: true });
  });

  it("may have a secret in a file", () => {
    using files = folder({ code: "p-2\n" });

    const { platforms } = readSettings({ PAGER_CODE_FILE: files.path("code") }, [pager]);

    expect(platforms).toEqual([{ platform: pager, settings: { code: "p-2" } }]);
  });

  it("tells its mistakes among the others, each once", () => {
    const env = { PORT: "x", PAGER_CODE: "4711", PAGER_LINE: "7\u200B", HOST: "localhost\u200B" };

    expect(() => readSettings(env, [pager])).toThrow(
      /^The settings are not right\.\n.*: PORT: .*\n.*: PAGER_LINE: .*\n.*: PAGER_CODE: expected a pager's code; .*\n.*: HOST: it holds a character that cannot be seen .*$/u,
    );
  });

  it("has a column of accounts in people.csv, which is nobody else's, and only where it is known", () => {
    using files = folder({ ...FILES, "people.csv": PEOPLE });
    using twice = folder({ ...FILES, "people.csv": PEOPLE.replace("attending,", "attending,4711") });
    const load = (place: typeof files) => () => loadPrograms([place.path("program.yaml")], [pager]);

    const [resident, attending] = load(files)()[0]!.program.people;

    expect([resident?.accounts, attending?.accounts]).toEqual([{ pager: "4711" }, {}]);
    expect(load(twice)).toThrow(/people\.csv:3: pager: "4711" is there already, on line 2/u);
    expect(() => loadPrograms([files.path("program.yaml")], [])).toThrow(
      /"pager" is no column that is known here; leave it out; columns are id, name, role, name_en, email, locale/u,
    );
  });
});
