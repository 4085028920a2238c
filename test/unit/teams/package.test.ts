import { inflateSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { unzipSync } from "fflate";
import { AppManifestUtils } from "@microsoft/app-manifest";
import { describe, expect, it } from "vitest";
import { manifestIn, packageFiles, packageOf } from "#adapters/teams/package/package.ts";
import { manifestOf } from "#adapters/teams/package/manifest.ts";
import { en, ja } from "#adapters/teams/package/texts.ts";
import { readCommand } from "#src/domain/command.ts";
import { sourceOf, sources } from "#test/support/imports.ts";

const WISH = {
  appId: "11111111-1111-4111-8111-111111111111",
  url: "https://attune.hospital.example",
  developer: "Sakura City Hospital",
  version: "1.0.0",
};

function schemaOf(name: string): never {
  const file = createRequire(import.meta.url)
    .resolve("@microsoft/app-manifest")
    .replace(/index\.js$/u, `json-schemas/teams/v1.19/MicrosoftTeams.${name}schema.json`);
  const schema = JSON.parse(readFileSync(file, "utf8")) as { patternProperties?: Record<string, unknown> };
  // Some of Microsoft's patterns are none under the Unicode rules that the validator reads them by.
  const patterns = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) => isPattern(pattern));
  return { ...schema, patternProperties: Object.fromEntries(patterns) } as never;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u").source !== "";
  } catch {
    return false;
  }
}

describe("the app package", () => {
  it("has a manifest that fits Microsoft's schema", async () => {
    const problems = await AppManifestUtils.validateAgainstSchema(manifestOf(WISH) as never, schemaOf(""));

    expect(problems).toEqual([]);
  });

  it("is refused by that schema when something is wrong, so that the rule above means something", async () => {
    const wrong = { ...manifestOf(WISH), accentColor: "teal" };

    expect(await AppManifestUtils.validateAgainstSchema(wrong as never, schemaOf(""))).not.toEqual([]);
  });

  it.each(["en.json", "ja.json"])("says everything in %s, as the schema has it", async (name) => {
    const texts = JSON.parse(packageFiles(WISH)[name]!.toString()) as Record<string, string>;

    expect(await AppManifestUtils.validateAgainstSchema(texts as never, schemaOf("Localization."))).toEqual(
      [],
    );
    expect(Object.keys(texts)).toHaveLength(5 + 2 * 10);
    expect(texts["description.short"]!.length).toBeLessThanOrEqual(80);
  });

  it.each([
    ["English", en],
    ["Japanese", ja],
  ])("lists commands in %s that Attune reads", (_, { commands }) => {
    expect(commands.map(([title]) => readCommand(title, 0)?.name)).toEqual([
      "home",
      "goal",
      "help",
      "snooze",
      "pause",
      "resume",
      "stop",
      "language",
      "my-data",
      "erase",
    ]);
  });

  it("asks for exactly what the adapter uses: a personal bot, and no page in Teams", () => {
    const code = sources("adapters/teams").map(sourceOf).join("\n");

    expect(manifestOf(WISH)).toMatchObject({
      bots: [{ scopes: ["personal"], supportsFiles: true, supportsCalling: false, supportsVideo: false }],
      permissions: ["identity", "messageTeamMembers"],
      validDomains: ["attune.hospital.example"],
    });
    expect(code).not.toMatch(/task\/fetch|composeExtension|staticTabs/u);
  });

  it.each([
    ["an id that is none", { appId: "attune" }, "app id"],
    ["an address without HTTPS", { url: "http://attune.example" }, "https://"],
    ["no address", { url: "attune" }, "https://"],
    ["a privacy page without HTTPS", { privacyUrl: "http://x.example" }, "https://"],
  ])("is not made with %s", (_, over, said) => {
    expect(() => manifestOf({ ...WISH, ...over })).toThrow(said);
  });

  it("is an archive that unpacks to its files, the same bytes each time", () => {
    const archive = packageOf(WISH);
    const unpacked = Object.entries(unzipSync(archive)).map(([name, data]) => [name, Buffer.from(data)]);

    expect(Object.fromEntries(unpacked)).toEqual(packageFiles(WISH));
    expect(packageOf(WISH).equals(archive)).toBe(true);
    expect(manifestIn(archive)).toMatchObject({ id: WISH.appId, developer: { websiteUrl: WISH.url } });
  });

  it("is recognised as none when it is something else, or cut off", () => {
    const archive = packageOf(WISH);

    expect(manifestIn(Buffer.from("a picture"))).toBeUndefined();
    expect(manifestIn(archive.subarray(0, archive.length / 2))).toBeUndefined();
  });

  it("has icons of Teams' sizes: one in colour without a hole, one in white alone", () => {
    const files = packageFiles(WISH);
    const colour = pixelsOf(files["color.png"]!);
    const outline = pixelsOf(files["outline.png"]!);

    expect([colour.width, colour.height]).toEqual([192, 192]);
    expect(colour.pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
    expect([outline.width, outline.height]).toEqual([32, 32]);
    expect(outline.pixels.every(([r, g, b]) => r === 255 && g === 255 && b === 255)).toBe(true);
    expect(new Set(outline.pixels.map(([, , , alpha]) => alpha === 0)).size).toBe(2);
  });
});

function pixelsOf(png: Buffer): { width: number; height: number; pixels: readonly (readonly number[])[] } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  const pixels = Array.from({ length: width * height }, (_, index) => {
    const at = Math.floor(index / width) * (width * 4 + 1) + 1 + (index % width) * 4;
    return [...rows.subarray(at, at + 4)];
  });
  return { width, height, pixels };
}
