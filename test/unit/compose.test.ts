import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readSettings } from "#src/config.ts";

interface Service {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const PASSWORD = "s3cret";
const text = readFileSync("compose.yaml", "utf8").replaceAll(/\$\{POSTGRES_PASSWORD:\?[^}]*\}/g, PASSWORD);
const { services, volumes } = parse(text, { merge: true }) as {
  services: Readonly<Record<string, Service>>;
  volumes: Readonly<Record<string, null>>;
};
const dockerfile = readFileSync("Dockerfile", "utf8");
const db = services["db"]!;
const replicas = Object.entries(services).filter(([name]) => name.startsWith("attune-"));

describe("compose.yaml", () => {
  it.each(replicas)("starts %s with settings that Attune reads", (_, { environment }) => {
    const settings = readSettings(environment);

    expect(new URL(settings.database)).toMatchObject({
      hostname: "db",
      username: db.environment["POSTGRES_USER"],
      password: db.environment["POSTGRES_PASSWORD"],
      pathname: `/${db.environment["POSTGRES_DB"]}`,
    });
    expect(settings).toMatchObject({ playground: false, host: "0.0.0.0", port: 3000 });
    expect(dockerfile).toContain(`EXPOSE ${settings.port}\n`);
  });

  it.each(replicas)("gives %s the image's places, and starts it once the database is there", (_, replica) => {
    const { environment, volumes: mounts, depends_on: after } = replica;
    const folders = mounts.map((mount) => mount.split(":")[1]!);

    expect(folders).toEqual(["/data", "/app/program"]);
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
    expect(db).toMatchObject({ image: "postgres:18", volumes: ["db:/var/lib/postgresql"] });
  });
});
