/** A language that Attune speaks. */
export type Locale = "en" | "ja";
