import { distance } from "fastest-levenshtein";
import { cleanLine, hiddenIn } from "../domain/text.ts";
import type { Environment } from "../ports/platform-description.ts";
import { secretFile } from "./secret-file.ts";
import { unseen } from "./shapes.ts";

/** A secret's variable, and the file that VARIABLE_FILE names in its place. */
export interface SecretPlace {
  readonly variable: string;
  readonly file?: string;
}

const QUOTED = [
  "the value stands in quotation marks",
  "take them away: only a shell does that by itself",
] as const;

interface Surroundings {
  readonly environment: Environment;
  /** From where the secrets come that were asked for and are set, each once. */
  readonly secrets: readonly SecretPlace[];
  /**
   * Tells which variables are written almost as a setting of ours that was asked for and is not set, or in other capitals. They would be
   * ignored without a word, and a new key made, say. All other variables are somebody else's.
   */
  tellMisspelt(): void;
}

/**
 * Reads variables, and notes from where secrets come. One with an invisible character is a mistake, which is reported once; so are quotation marks around it: `docker run
 * --env-file` keeps them, and a secret with them only looks wrong to the platform.
 */
export function environmentOf(
  env: Readonly<Record<string, string | undefined>>,
  wrong: Environment["wrong"],
): Surroundings {
  const secrets: SecretPlace[] = [];
  /** The variables that somebody has asked for, set or not. */
  const asked = new Set<string>();
  const told = new Set<string>();
  const tellOnce = (name: string, ...mistake: Parameters<Environment["wrong"]>): void => {
    if (!told.has(name)) wrong(...mistake);
    told.add(name);
  };
  const seen = (name: string, found: string | undefined): string | undefined => {
    if (found === undefined || found === "") return undefined;
    const bare = /^(["'])(.*)\1$/su.exec(found)?.[2];
    if (bare !== undefined) {
      tellOnce(name, name, ...QUOTED);
      return seen(name, bare.trim());
    }
    const hidden = hiddenIn(found);
    if (hidden === undefined) return found;
    tellOnce(name, name, ...unseen(hidden));
    return cleanLine(found);
  };
  const text = (name: string) => {
    asked.add(name);
    return seen(name, env[name]?.trim());
  };
  const environment: Environment = {
    text,
    secret(name) {
      asked.add(`${name}_FILE`);
      const read = secretFile(name, env);
      if (read === undefined) {
        const given = text(name);
        if (given !== undefined) secrets.push({ variable: name });
        return given;
      }
      if ("secret" in read) {
        secrets.push({ variable: name, file: read.file });
        return seen(name, read.secret);
      }
      tellOnce(name, ...read.wrong);
      return undefined;
    },
    wrong,
  };
  return {
    environment,
    secrets,
    tellMisspelt() {
      for (const { name, meant } of misspelt(env, asked))
        wrong(
          name,
          `there is no such setting, and ${meant} is not set`,
          `call it ${meant} if that is meant, or another name if not`,
        );
    },
  };
}

/** The variables that nobody has asked for, but almost: each with the one that is not set. */
function misspelt(env: Readonly<Record<string, string | undefined>>, asked: ReadonlySet<string>) {
  const isSet = (name: string): boolean => (env[name] ?? "").trim() !== "";
  const missing = [...asked].filter((name) => !isSet(name));
  const others = Object.keys(env).filter((name) => isSet(name) && !asked.has(name));
  return others.flatMap((name) => {
    const meant = missing.find((one) => isSlipOf(name, one));
    return meant === undefined ? [] : [{ name, meant }];
  });
}

/** Names that begin so are ours. Others are other software's too: SLACK_API_TOKEN is no slip of SLACK_APP_TOKEN. */
const OURS = "ATTUNE_";
/** Shorter names than this are anybody's, as HOST is. */
const LONG_ENOUGH = 8;
/** So many letters that are missing, too many or others make a slip of the hand. */
const SLIPS = 2;

function isSlipOf(name: string, setting: string): boolean {
  const [given, meant] = [name.toUpperCase(), setting.toUpperCase()];
  if (given === meant) return meant.length >= LONG_ENOUGH;
  return meant.startsWith(OURS) && distance(given, meant) <= SLIPS;
}
