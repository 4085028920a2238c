import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Folder extends Disposable {
  readonly path: (name: string) => string;
  write(name: string, text: string | Uint8Array): void;
}

/** A program's folder that goes when the test does. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const root = mkdtempSync(join(tmpdir(), "attune-program-"));
  const path = (name: string) => join(root, name);
  const write = (name: string, text: string | Uint8Array) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { path, write, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}

export const YAML = `name: Test Hospital
timeZone: Europe/Berlin
locale: en
start: at-once
rotations:
  - name: ER
    from: 2026-03-02
    to: 2026-03-29
people: people.csv
roster:
  - file: roster.csv
    format: csv
`;

export const PEOPLE = `id,name,role,email,locale,slack,teams
r1,佐藤 健,resident,ken@example.org,ja,U1,
a1,Daniel Okafor,attending,,,,dan@example.org
`;

export const ROSTER = `person,start,end,label
r1,2026-03-02T08:00,17:00,Day
a1,2026-03-02T08:00,17:00,Day
`;

export const FILES = { "program.yaml": YAML, "people.csv": PEOPLE, "roster.csv": ROSTER };
