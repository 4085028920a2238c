import { AttuneError } from "#src/errors.ts";
import { en, ja, type PackageTexts } from "./texts.ts";

/** What a hospital states about its package. */
export interface PackageWish {
  /** The Azure bot's app id, which is the Teams app's id as well. */
  readonly appId: string;
  /** The address of the hospital's Attune, without a path. */
  readonly url: string;
  /** Who runs it; at most 32 characters. */
  readonly developer: string;
  /** The hospital's own pages. If absent, Attune's pages under `url`. */
  readonly privacyUrl?: string;
  readonly termsUrl?: string;
  readonly version: string;
}

const SCHEMA = "1.19";
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/**
 * The app's manifest: a personal bot and its commands, and nothing else.
 * @throws AttuneError `config` with what to mend
 */
export function manifestOf({ appId, url, developer, privacyUrl, termsUrl, version }: PackageWish): object {
  if (!GUID.test(appId))
    throw new AttuneError("config", "The app id is none: copy the Microsoft App ID from the Azure bot.");
  const site = pageOf(url, "The address");
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${SCHEMA}/MicrosoftTeams.schema.json`,
    manifestVersion: SCHEMA,
    version,
    id: appId,
    developer: {
      name: developer.slice(0, 32),
      websiteUrl: site.origin,
      privacyUrl: pageOf(privacyUrl ?? `${site.origin}/teams/privacy`, "The privacy page").href,
      termsOfUseUrl: pageOf(termsUrl ?? `${site.origin}/teams/terms`, "The terms page").href,
    },
    name: { short: en.short, full: en.short },
    description: { short: en.brief, full: en.full },
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: "#1F5F5B",
    localizationInfo: {
      defaultLanguageTag: "en",
      defaultLanguageFile: "en.json",
      additionalLanguages: [{ languageTag: "ja", file: "ja.json" }],
    },
    bots: [
      {
        botId: appId,
        scopes: ["personal"],
        isNotificationOnly: false,
        supportsFiles: true,
        supportsCalling: false,
        supportsVideo: false,
        commandLists: [
          {
            scopes: ["personal"],
            commands: en.commands.map(([title, description]) => ({ title, description })),
          },
        ],
      },
    ],
    permissions: ["identity", "messageTeamMembers"],
    validDomains: [site.host],
  };
}

/** The manifest's words in one language, under the names that Teams gives their places. */
function localisation({ short, brief, full, commands }: PackageTexts): object {
  const menu = commands.flatMap(([title, description], index) => {
    const place = `bots[0].commandLists[0].commands[${index}]`;
    return [
      [`${place}.title`, title],
      [`${place}.description`, description],
    ];
  });
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${SCHEMA}/MicrosoftTeams.Localization.schema.json`,
    "name.short": short,
    "name.full": short,
    "description.short": brief,
    "description.full": full,
    ...Object.fromEntries(menu),
  };
}

export const localisations = { "en.json": localisation(en), "ja.json": localisation(ja) } as const;

function pageOf(url: string, what: string): URL {
  if (!URL.canParse(url) || new URL(url).protocol !== "https:")
    throw new AttuneError("config", `${what} has to begin with https://, as Teams asks.`);
  return new URL(url);
}
