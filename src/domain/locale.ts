/** A language that Attune speaks. */
export type Locale = "en" | "ja";

/** A text in every language. */
export type InEach = Readonly<Record<Locale, string>>;
