import type { Locale } from "#src/domain/locale.ts";
import { en } from "./texts-en.ts";
import { ja } from "./texts-ja.ts";
import type { Texts } from "./texts.ts";

const all: Readonly<Record<Locale, Texts>> = { en, ja };

export const textsIn = (locale: Locale): Texts => all[locale];

/** Puts values into the gaps of a text: fill("{name} is here", { name }) */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap));

/** The page's language from `?lang=`, else from what the browser asks for. */
export function localeFrom(query: string | undefined, acceptLanguage: string | undefined): Locale {
  if (query === "en" || query === "ja") return query;
  const wanted = (acceptLanguage ?? "").split(",").map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((tag) => tag === "en" || tag === "ja") === "ja" ? "ja" : "en";
}
