import type { Locale } from "../domain/locale.ts";

/**
 * What a person sees, as data. A card is the same for every platform. Each adapter renders it and reports what it had to
 * leave out. Text is plain: the renderer escapes it.
 */

declare const actBrand: unique symbol;
/** What a tap means, as a word that the platform carries back to us (see act.ts). */
export type Act = string & { readonly [actBrand]: true };

export interface Action {
  readonly label: string;
  readonly act: Act;
  readonly style?: "primary" | "quiet" | "danger";
  readonly confirm?: Confirm;
  /** The tap asks for a file, where the platform has a way to choose one. Elsewhere it is a tap as any other. */
  readonly file?: FileWanted;
}

/** What stands beside the choice of a file. */
export interface FileWanted {
  readonly text: string;
  readonly note: string;
  readonly submit: string;
}

/** What is asked before a tap counts that is not easily undone, in the platform's own way. A typed label asks nothing. */
export interface Confirm {
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

export interface Choice {
  readonly label: string;
  /** The same in a few words, for a button that has room for no more. The label then stands above it. */
  readonly short?: string;
  readonly act: Act;
  /** The answer this person gave before, when the question is shown again. */
  readonly chosen?: boolean;
}

/** One row of two answers side by side. `gap` is there only if they differ enough to be worth a talk. */
export interface Comparison {
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
  readonly gap?: { readonly direction: string; readonly starter: string };
}

/** A value of a line at one point: where it stands on the scale, and in words. */
export interface ChartValue {
  readonly value: number;
  readonly text: string;
}

/**
 * A line of a chart, with one entry for each of the chart's points; undefined where it has no value. It has at least one. Of a single
 * line the title says what it is.
 */
export interface ChartSeries {
  readonly name: string;
  readonly values: readonly (ChartValue | undefined)[];
}

/**
 * A picture of lines over time. The same stands beside it in words, on every platform and for every reader (see `chartRows`): some
 * platform cannot draw it, or not all of it. Keep titles to 50 characters, names and labels to 20, points to 20, lines to 6: Slack
 * draws no more.
 */
export interface Chart {
  readonly type: "chart";
  readonly title: string;
  /** Left to right. `day`: the local day as YYYY-MM-DD, where points are days. Labels differ from each other. */
  readonly points: readonly { readonly label: string; readonly day?: string }[];
  readonly series: readonly ChartSeries[];
  /** Values with a name, lowest first. The first and the last are the bounds of the picture. */
  readonly scale: readonly ChartValue[];
  /** What the numbers of a platform's own scale mean, for where they stand. Needed where they are no plain figures. */
  readonly key?: string;
}

export type Block =
  /** What this card is about; `note` says when and with whom. */
  | { readonly type: "title"; readonly text: string; readonly note?: string }
  | { readonly type: "text"; readonly text: string; readonly tone?: "quiet" | "strong" }
  /** A person's own words. */
  | { readonly type: "quote"; readonly by: string; readonly text: string }
  /** One question, answered by one tap. `step` counts the questions of this ask. */
  | {
      readonly type: "question";
      readonly text: string;
      readonly step?: { readonly now: number; readonly of: number };
      readonly choices: readonly Choice[];
    }
  /** One question, answered by typing. `problem` says why what was typed was refused. */
  | {
      readonly type: "input";
      readonly text: string;
      readonly step?: { readonly now: number; readonly of: number };
      readonly name: string;
      readonly placeholder?: string;
      readonly value?: string;
      readonly maximum: number;
      /** What must be read before anything is typed. It stands at the field, also where that opens in a dialog. */
      readonly note?: string;
      readonly problem?: string;
      readonly submit: Action;
      readonly skip?: Action;
    }
  /** What this person has answered so far, each with a button to change it, as long as it can be changed. */
  | {
      readonly type: "answers";
      readonly rows: readonly { readonly label: string; readonly value: string; readonly change?: Action }[];
    }
  /** Two people's answers in words, side by side: never a score. */
  | {
      readonly type: "compare";
      readonly mine: string;
      readonly theirs: string;
      readonly rows: readonly Comparison[];
    }
  | { readonly type: "facts"; readonly rows: readonly { readonly label: string; readonly value: string }[] }
  | Chart
  /** Who will see the answer. On every ask. */
  | { readonly type: "visibility"; readonly text: string }
  | { readonly type: "actions"; readonly actions: readonly Action[] }
  | { readonly type: "divider" };

export interface Card {
  readonly locale: Locale;
  /** The line for a lock screen: what is asked, nothing private. */
  readonly notification: string;
  readonly blocks: readonly Block[];
}

/** Something of a card that a platform could not show, and what was done about it. */
export interface Loss {
  readonly block: number;
  readonly what: string;
  /** The same stands beside it in words, as for a picture: its readers miss nothing, and operators have nothing to look into. */
  readonly inWords?: true;
}

/** A card in a platform's own format, with what had to be left out. */
export interface Rendered<Payload> {
  readonly payload: Payload;
  readonly losses: readonly Loss[];
}
