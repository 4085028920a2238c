import type { Block, Card, Locale, Loss } from "#src/card/card.ts";
import { plainText, type SlackBlock } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { textsIn, NAME } from "./texts.ts";

type Input = Extract<Block, { type: "input" }>;

/** What a dialog asks: it travels in the button that opens it, since a tap has to be enough to open it. */
export interface Form {
  readonly act: string;
  readonly name: string;
  readonly label: string;
  readonly submit: string;
  readonly maximum: number;
  readonly locale: Locale;
  readonly placeholder?: string;
  readonly value?: string;
}

export const formOf = (card: Card, block: Input): Form => ({
  act: block.submit.act,
  name: block.name,
  label: block.text,
  submit: block.submit.label,
  maximum: block.maximum,
  locale: card.locale,
  ...(block.placeholder === undefined ? {} : { placeholder: block.placeholder }),
  ...(block.value === undefined ? {} : { value: block.value }),
});

/** Base64, because Slack hands a button's value back with its `&`, `<` and `>` escaped. */
const encode = (form: Form): string => Buffer.from(JSON.stringify(form)).toString("base64url");

/** What the button carries. Leaves out first what can be typed again, then what can be done without. */
export function packForm(form: Form): {
  readonly value: string;
  readonly form: Form;
  readonly cut: readonly string[];
} {
  const { value: _value, ...withoutValue } = form;
  const { placeholder: _placeholder, ...bare } = withoutValue;
  const tries: readonly (readonly [Form, readonly string[]])[] = [
    [form, []],
    [withoutValue, ["the text typed before is not put into the dialog"]],
    [bare, ["neither the text typed before nor the example is put into the dialog"]],
    [{ ...bare, label: cutTo(bare.label, 200) }, ["the dialog asks in 200 characters, without example"]],
    [{ ...bare, label: NAME, submit: NAME, name: cutTo(bare.name, 100) }, ["the dialog asks without words"]],
  ];
  for (const [one, cut] of tries) {
    const value = encode(one);
    if (value.length <= LIMITS.button.value) return { value, form: one, cut };
  }
  return {
    value: "",
    form: { ...bare, act: "" },
    cut: ["the dialog does not open: its act is too long for a button"],
  };
}

export function readForm(value: string): Form | undefined {
  try {
    const form: unknown = JSON.parse(Buffer.from(value, "base64url").toString());
    return typeof form === "object" && form !== null && "act" in form && "label" in form
      ? (form as Form)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Where a dialog was opened from, and what it answers. */
export interface FormOrigin {
  readonly act: string;
  readonly name: string;
  readonly locale: Locale;
  readonly channel?: string;
  readonly ts?: string;
  /** Where the tapped message can be replaced without a call that counts. */
  readonly respond?: string;
  /** The view that the dialog lies on. */
  readonly view?: string;
}

export const FORM = "attune-form";
export const FIELD = "attune-field";

/** The dialog as Slack shows it. */
export function formView(form: Form, origin: Omit<FormOrigin, "act" | "name" | "locale">): SlackBlock {
  const texts = textsIn(form.locale);
  const value = form.value === undefined ? undefined : cutTo(form.value, LIMITS.input.length);
  // What was refused for its length has to fit in, or Slack refuses the dialog.
  const longest = Math.max(1, Math.min(form.maximum, LIMITS.input.length));
  const length = value !== undefined && value.length > longest ? LIMITS.input.length : longest;
  const { act, name, locale } = form;
  return {
    type: "modal",
    callback_id: FORM,
    title: plainText(NAME),
    submit: plainText(cutTo(form.submit, LIMITS.view.submit)),
    close: plainText(texts.cancel),
    private_metadata: JSON.stringify({ act, name, locale, ...origin } satisfies FormOrigin),
    blocks: [
      {
        type: "input",
        block_id: FIELD,
        label: plainText(cutTo(form.label, LIMITS.input.label)),
        element: {
          type: "plain_text_input",
          action_id: FIELD,
          multiline: form.maximum > 60,
          max_length: length,
          focus_on_load: true,
          ...(value === undefined || value === "" ? {} : { initial_value: value }),
          ...(form.placeholder === undefined || form.placeholder === ""
            ? {}
            : { placeholder: plainText(cutTo(form.placeholder, LIMITS.input.placeholder)) }),
        },
      },
    ],
  };
}

/** What a dialog cuts, for the losses of the card that it belongs to. */
export function formLosses(block: number, form: Form): readonly Loss[] {
  const rules: readonly (readonly [string, string | undefined, number])[] = [
    ["the dialog's button", form.submit, LIMITS.view.submit],
    ["the dialog's question", form.label, LIMITS.input.label],
    ["the dialog's example", form.placeholder, LIMITS.input.placeholder],
    ["the text typed before", form.value, LIMITS.input.length],
  ];
  return rules.flatMap(([what, text, limit]) =>
    text === undefined || text.length <= limit
      ? []
      : [{ block, what: `${what} cut from ${text.length} to ${limit} characters` }],
  );
}

/** Cuts at a whole character, with a sign that something is missing. */
export function cutTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - 1;
  const code = text.charCodeAt(end - 1);
  return `${text.slice(0, code >= 0xd800 && code <= 0xdbff ? end - 1 : end)}…`;
}
