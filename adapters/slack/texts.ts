import type { Locale } from "#src/domain/locale.ts";

/** Texts that only Slack needs and that are on no card. The compiler checks that both languages are complete. */
interface Texts {
  readonly write: string;
  readonly choose: string;
  readonly cancel: string;
  readonly close: string;
  readonly inMessages: string;
  /** In place of a file. */
  readonly noFile: string;
  readonly reading: string;
}

const en: Texts = {
  write: "Write",
  choose: "Choose one",
  cancel: "Cancel",
  close: "Close",
  inMessages: "The answer is in your messages with Attune.",
  noFile:
    "Slack did not take the file. Please try again; if it happens again, this app may not send files yet, and your Attune administrator can allow it (files:write).",
  reading:
    "The file is being read. What it would change comes into your messages with Attune; if nothing has come in a minute, please send it once more.",
};

const ja: Texts = {
  write: "入力する",
  choose: "選んでください",
  cancel: "やめておく",
  close: "閉じる",
  inMessages: "Attuneとのメッセージにお送りしました。",
  noFile:
    "ファイルを送れませんでした。もう一度お試しください。続く場合は、このアプリにファイルを送る権限がまだありません。Attuneの管理者が許可できます（files:write）。",
  reading:
    "ファイルを読み込んでいます。何が変わるかはAttuneとのメッセージにお送りします。1分たっても届かないときは、もう一度送ってください。",
};

export const textsIn = (locale: Locale): Texts => (locale === "ja" ? ja : en);

/** Shown when the database failed and even the person's language is unknown. */
export const NOT_SAVED =
  "This could not be saved just now. Please try again in a moment.\n今は保存できませんでした。少ししてから、もう一度お試しください。";

/** Shown to whoever acts in a workspace that this Attune is not for. It knows neither them nor their language. */
export const FOREIGN =
  "This Attune belongs to another Slack workspace. Nothing was stored.\nこのAttuneは別のSlackワークスペースのものです。何も保存していません。";

export const NAME = "Attune";
