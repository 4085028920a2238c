import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EVENTS } from "#adapters/slack/app.ts";
import { SCOPES as LOOKED_FOR } from "#adapters/slack/doctor.ts";
import { COMMAND, SET_GOAL } from "#adapters/slack/inbound.ts";
import { SCOPES } from "#test/support/slack/workspace.ts";

interface Manifest {
  readonly features: {
    readonly app_home: Readonly<Record<string, boolean>>;
    readonly shortcuts: readonly {
      readonly callback_id: string;
      readonly type: string;
      readonly name: string;
    }[];
    readonly slash_commands: readonly { readonly command: string }[];
  };
  readonly oauth_config: { readonly scopes: Readonly<Record<string, readonly string[]>> };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean };
    readonly org_deploy_enabled: boolean;
    readonly socket_mode_enabled: boolean;
    readonly token_rotation_enabled: boolean;
  };
}

const manifest = JSON.parse(readFileSync("manifest.json", "utf8")) as Manifest;
const source = readdirSync("adapters/slack")
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(`adapters/slack/${name}`, "utf8"))
  .join("\n");

/** Every Web API method that the adapter's sources call. */
const methods = [...source.matchAll(/\bclient\.([a-z]+)\.([a-zA-Z0-9]+)\(/gu)].map(
  ([, family, name]) => `${family}.${name}`,
);

/** What Slack calls an event in a manifest, and the scope that it needs. */
const SUBSCRIPTIONS: Readonly<Record<(typeof EVENTS)[number], readonly [string, readonly string[]]>> = {
  message: ["message.im", ["im:history"]],
  app_home_opened: ["app_home_opened", []],
  user_change: ["user_change", ["users:read"]],
};

describe("manifest.json asks for exactly what the adapter uses", () => {
  it("knows the scopes of every method that is called", () => {
    expect(methods.length).toBeGreaterThan(8);
    expect(methods.filter((method) => SCOPES[method] === undefined)).toEqual([]);
  });

  it("asks for every scope that is needed, and for no other", () => {
    const needed = new Set([
      ...methods.flatMap((method) => SCOPES[method] ?? []),
      ...EVENTS.flatMap((event) => SUBSCRIPTIONS[event][1]),
      "commands",
      // A file is fetched from its address, which is no method.
      "files:read",
    ]);

    expect([...manifest.oauth_config.scopes["bot"]!].toSorted()).toEqual([...needed].toSorted());
    expect(LOOKED_FOR.toSorted()).toEqual([...needed].toSorted());
    expect(Object.keys(manifest.oauth_config.scopes)).toEqual(["bot"]);
  });

  it("subscribes to every event that is listened to, and to no other", () => {
    const listened = EVENTS.map((event) => SUBSCRIPTIONS[event][0]);

    expect([...manifest.settings.event_subscriptions.bot_events].toSorted()).toEqual(listened.toSorted());
  });

  it("has the command and the shortcut, and no other", () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([COMMAND]);
    expect(manifest.features.shortcuts.map(({ callback_id: id, type }) => [id, type])).toEqual([
      [SET_GOAL, "global"],
    ]);
  });

  it("opens the home tab and the messages, lets people tap, may be installed for an organisation, uses the socket, and does not rotate tokens", () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
    expect(manifest.settings).toMatchObject({
      interactivity: { is_enabled: true },
      org_deploy_enabled: true,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    });
  });
});
