import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings } from "#src/config.ts";
import { metricNames } from "#src/ops/metrics.ts";
import { alertRules } from "#test/support/ops/alerts.ts";
import { namesIn, query } from "#test/support/ops/promql.ts";

/** There once a backup was made. */
const SOMETIMES = ["attune_backup_age_seconds"];
/** Prometheus' own, and the process's. */
const FOREIGN = /^(?:up$|process_|nodejs_)/u;
const KNOWN = new Set(
  [...metricNames(), ...SOMETIMES].flatMap((name) => [
    name,
    `${name}_bucket`,
    `${name}_count`,
    `${name}_sum`,
  ]),
);
const unknownIn = (expr: string): readonly string[] =>
  namesIn(expr).filter((name) => !KNOWN.has(name) && !FOREIGN.test(name));
const read = (file: string): string => readFileSync(file, "utf8");

describe("ops/alerts.yaml", () => {
  it.each(alertRules())("$alert reads series that exist", ({ expr }) => {
    expect(() => query(expr)).not.toThrow();
    expect(namesIn(expr)).not.toEqual([]);
    expect(unknownIn(expr)).toEqual([]);
  });

  it.each(alertRules())("$alert says what to do, and names a page that says more", (rule) => {
    const { summary, runbook } = rule.annotations;

    // What is wrong, and then what to do.
    expect(summary.split(/[.:;] /u).length).toBeGreaterThan(1);
    expect(summary.length).toBeLessThan(240);
    expect(["critical", "warning"]).toContain(rule.labels.severity);
    expect(existsSync(runbook.split("#")[0]!)).toBe(true);
    expect(headings(runbook.split("#")[0]!)).toContain(
      runbook.split("#")[1] ?? headings("docs/rosters.md")[0],
    );
  });

  it("has each alert in the table of docs/operating.md, and no other", () => {
    const table = [...read("docs/operating.md").matchAll(/^\| `(?<name>Attune\w+)` \|/gmu)].map(
      ({ groups }) => groups!["name"],
    );

    expect(table).toEqual(alertRules().map(({ alert }) => alert));
  });
});

describe("docs/operating.md", () => {
  it("names every metric, and none that is not there", () => {
    const named = [...read("docs/operating.md").matchAll(/^\| `(?<name>attune_\w+)/gmu)].map(
      ({ groups }) => groups!["name"]!,
    );

    expect(named.toSorted()).toEqual([...metricNames(), ...SOMETIMES].toSorted());
  });
});

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly refId: string }[];
}

describe("ops/grafana-dashboard.json", () => {
  const { panels, ...dashboard } = JSON.parse(read("ops/grafana-dashboard.json")) as {
    readonly panels: readonly Panel[];
    readonly schemaVersion: number;
    readonly title: string;
    readonly templating: { readonly list: readonly { readonly name: string }[] };
  };
  const drawn = panels.filter(({ type }) => type !== "row");

  it.each(drawn)("$title reads series that exist", ({ targets = [] }) => {
    const exprs = targets.map(({ expr }) => expr.replaceAll("$job", "attune"));

    expect(exprs).not.toEqual([]);
    for (const expr of exprs) expect(() => query(expr)).not.toThrow();
    expect(exprs.flatMap(unknownIn)).toEqual([]);
  });

  it("shows every metric somewhere", () => {
    const shown = new Set(drawn.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => namesIn(expr))));
    const isShown = (name: string): boolean =>
      ["", "_bucket", "_count"].some((part) => shown.has(`${name}${part}`));

    expect([...metricNames(), ...SOMETIMES].filter((name) => !isShown(name))).toEqual(["attune_programs"]);
  });

  it("is a dashboard as Grafana reads one: panels with ids of their own, side by side, none over another", () => {
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(36);
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(["datasource", "job"]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { gridPos: one } of panels) expect(one.x + one.w).toBeLessThanOrEqual(24);
    const over = panels.flatMap((one) => panels.filter((other) => other.id > one.id && overlap(one, other)));
    expect(over).toEqual([]);
  });
});

const overlap = ({ gridPos: one }: Panel, { gridPos: other }: Panel): boolean =>
  one.x < other.x + other.w &&
  other.x < one.x + one.w &&
  one.y < other.y + other.h &&
  other.y < one.y + one.h;

/** As GitHub makes a heading's anchor. */
const headings = (page: string): readonly string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gmu)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
      .replaceAll(/\s/gu, "-"),
  );

describe("ops/attune.env.example", () => {
  const settings = read("README.md").split("\n## Settings\n")[1]!.split("\n## ")[0]!;
  const rows = settings.split("\n").filter((line) => line.startsWith("| `"));
  const inReadme = new Set(
    rows.flatMap((row) =>
      [...row.matchAll(/`(?<name>(?!NAME_)[A-Z]\w*_[A-Z]\w*|PORT|HOST|Microsoft\w+)`/gu)].map(
        (one) => one[1]!,
      ),
    ),
  );
  const lines = read("ops/attune.env.example").split("\n");
  const inExample = lines.flatMap((line) => /^#?(?<name>\w+)=/u.exec(line)?.groups?.["name"] ?? []);

  it("has every setting of the README's table once, and no other", () => {
    expect(inExample.toSorted()).toEqual([...inReadme].toSorted());
    expect(inReadme.size).toBeGreaterThan(15);
  });

  it("has every setting that Attune reads, and no other", () => {
    const read = new Set<string>();
    // With a token of each platform, the rest of its settings are read too.
    const given: Readonly<Record<string, string>> = {
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      MicrosoftAppId: "00000000-0000-0000-0000-000000000000",
    };
    const env = new Proxy(given, {
      get: (_, name: string) => {
        read.add(name);
        return given[name];
      },
    });

    expect(() => readSettings(env, PLATFORMS)).toThrow();

    // A secret's file is a row of its own; docs/install.md tells of the way out, whose names are not Attune's.
    const isOwn = (name: string) => !/proxy$/iu.test(name) && name !== "NODE_EXTRA_CA_CERTS";
    const isVariable = (name: string) => !name.endsWith("_FILE") || inReadme.has(name);
    expect([...read].filter((name) => isOwn(name) && isVariable(name)).toSorted()).toEqual(
      [...inReadme].filter(isOwn).toSorted(),
    );
  });

  it("sets nothing but the places of ops/attune.service, and with those Attune's settings are right", () => {
    const set = lines.filter((line) => line !== "" && !line.startsWith("#"));
    const settings = readSettings(
      { ...Object.fromEntries(set.map((line) => line.split("="))), ATTUNE_PROGRAM: "program/program.yaml" },
      PLATFORMS,
    );

    expect(set).toEqual([
      "ATTUNE_PROGRAM=/etc/attune/program/program.yaml",
      "ATTUNE_DB=/var/lib/attune/attune.db",
      "ATTUNE_KEY_FILE=/var/lib/attune/attune.key",
    ]);
    expect(settings).toMatchObject({ database: "/var/lib/attune/attune.db", port: 3_000, host: "127.0.0.1" });
    expect(read("ops/attune.service")).toContain("\nStateDirectory=attune\n");
  });
});

describe("ops/nginx.conf", () => {
  const conf = read("ops/nginx.conf");

  it("hands on what platforms call, with the limits that Attune itself has, and nothing else", () => {
    const places = [...conf.matchAll(/location = (?<path>\S+) \{(?<body>(?:[^{}]|\{[^}]*\})*)\}/gu)].map(
      ({ groups }) => [groups!["path"], /client_max_body_size (?<size>\w+);/u.exec(groups!["body"]!)?.[1]],
    );

    expect(places).toEqual([
      ["/slack/events", "1m"],
      ["/api/messages", "256k"],
      ["/teams/privacy", undefined],
      ["/teams/terms", undefined],
    ]);
    expect(conf).toMatch(/^ {4}client_max_body_size 16k;$/mu);
    expect(conf).toMatch(/location \/ \{\s+return 404;\s+\}/u);
    expect(read("docs/operating.md")).toContain("1 MB for Slack, 256 kB for Teams, 16 kB everywhere else");
    expect([...conf.matchAll(/proxy_pass/gu)]).toHaveLength(places.length);
  });
});

describe("ops/attune.service", () => {
  const unit = read("ops/attune.service");

  it("confines Attune, and gives it the time that it needs to end", () => {
    const wanted = [
      "User=attune",
      "NoNewPrivileges=yes",
      "ProtectSystem=strict",
      "StateDirectory=attune",
      "CapabilityBoundingSet=",
      "TimeoutStopSec=60",
    ];

    expect(wanted.filter((line) => !unit.split("\n").includes(line))).toEqual([]);
  });

  it("starts what npm start does", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const flags = /^exec node (?<flags>\S+) /u.exec(scripts["start"]!)!.groups!["flags"]!;

    expect(unit).toContain(`ExecStart=/usr/bin/node ${flags} src/main.ts\n`);
    expect(existsSync("src/main.ts")).toBe(true);
  });
});

describe("compose.yaml", () => {
  it("sets what Attune reads, and names files of settings as the example does", () => {
    const { services } = parse(read("compose.yaml"), { merge: true }) as {
      readonly services: Readonly<
        Record<string, { readonly environment?: object; readonly env_file?: string }>
      >;
    };
    const replicas = Object.values(services).filter(({ env_file: file }) => file !== undefined);
    const names = new Set(replicas.flatMap(({ environment = {} }) => Object.keys(environment)));
    const known = [...read("ops/attune.env.example").matchAll(/^#?(?<name>\w+)=/gmu)].map(([, name]) => name);

    expect(replicas.map(({ env_file: file }) => file)).toEqual(["attune.env", "attune.env"]);
    expect([...names].filter((name) => !known.includes(name))).toEqual([]);
  });
});
