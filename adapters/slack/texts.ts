import type { Locale } from "#src/domain/locale.ts";

/** Texts that only Slack needs and that are on no card. The compiler checks that both languages are complete. */
interface Texts {
  readonly write: string;
  readonly choose: string;
  readonly cancel: string;
  readonly close: string;
  readonly inMessages: string;
}

const en: Texts = {
  write: "Write",
  choose: "Choose one",
  cancel: "Cancel",
  close: "Close",
  inMessages: "The answer is in your messages with Attune.",
};

const ja: Texts = {
  write: "入力する",
  choose: "選んでください",
  cancel: "やめておく",
  close: "閉じる",
  inMessages: "Attuneとのメッセージにお送りしました。",
};

export const textsIn = (locale: Locale): Texts => (locale === "ja" ? ja : en);

/** Shown when the database failed and even the person's language is unknown. */
export const NOT_SAVED =
  "This could not be saved just now. Please try again in a moment.\n今は保存できませんでした。少ししてから、もう一度お試しください。";

/** Shown to whoever acts in a workspace that this Attune is not for. It knows neither them nor their language. */
export const FOREIGN =
  "This Attune belongs to another Slack workspace. Nothing was stored.\nこのAttuneは別のSlackワークスペースのものです。何も保存していません。";

export const NAME = "Attune";
