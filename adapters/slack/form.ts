import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Act, Block, Card, FileWanted } from "#src/card/card.ts";
import type { Locale } from "#src/domain/locale.ts";
import { FILE_ENDINGS } from "#src/ports/inbound.ts";
import { plainText, type SlackBlock } from "./blocks.ts";
import { cutTo } from "./cut.ts";
import { LIMITS } from "./limits.ts";
import { textsIn, NAME } from "./texts.ts";

type Input = Extract<Block, { type: "input" }>;

/** What a dialog asks. The button that opens it carries all of this, so that one tap can open the dialog. */
export interface Form {
  readonly act: string;
  readonly name: string;
  readonly label: string;
  readonly submit: string;
  readonly maximum: number;
  /** What stands below the field: who will see it, and what must not be written. */
  readonly notes: readonly string[];
  readonly locale: Locale;
  readonly placeholder?: string;
  readonly value?: string;
  /** A file is chosen, nothing is typed. */
  readonly isFile?: true;
}

/** The dialog in which a file is chosen. */
export const fileForm = ({ locale }: Card, act: Act, { text, note, submit }: FileWanted): Form => ({
  act,
  name: "file",
  label: text,
  submit,
  maximum: 1,
  notes: [note],
  locale,
  isFile: true,
});

export const formOf = (card: Card, block: Input): Form => ({
  act: block.submit.act,
  name: block.name,
  label: block.text,
  submit: block.submit.label,
  maximum: block.maximum,
  notes: [
    ...card.blocks.flatMap((one) => (one.type === "visibility" ? [one.text] : [])),
    ...(block.note === undefined ? [] : [block.note]),
  ],
  locale: card.locale,
  ...(block.placeholder === undefined ? {} : { placeholder: block.placeholder }),
  ...(block.value === undefined ? {} : { value: block.value }),
});

/** Base64, because Slack hands a button's value back with its `&`, `<` and `>` escaped. */
const encode = (form: Form): string => deflateRawSync(JSON.stringify(form)).toString("base64url");

export interface PackedForm {
  /** What the button carries. */
  readonly value: string;
  readonly form: Form;
  /** What the dialog will not say, although the message does. */
  readonly lost: readonly string[];
}

/** Makes it shorter if it is too long: first without what the message shows anyway, then without what is optional. */
export function packForm(form: Form): PackedForm {
  const { value: _value, ...withoutValue } = form;
  const { placeholder: _placeholder, ...bare } = withoutValue;
  const tries: readonly (readonly [Form, readonly string[]])[] = [
    [form, []],
    [withoutValue, ["the dialog does not repeat the text typed before"]],
    [bare, ["the dialog repeats neither the text typed before nor the example"]],
    [
      {
        ...bare,
        label: cutTo(bare.label, 200),
        submit: cutTo(bare.submit, 24),
        notes: bare.notes.slice(0, 2).map((note) => cutTo(note, 200)),
      },
      ["the dialog asks in short"],
    ],
    [
      { ...bare, label: NAME, submit: NAME, name: cutTo(bare.name, 100), notes: [] },
      ["the dialog asks without words"],
    ],
  ];
  for (const [one, lost] of tries) {
    const value = encode(one);
    if (value.length <= LIMITS.button.value) return { value, form: one, lost };
  }
  const lost = ["the dialog does not open: its act is too long for a button"];
  return { value: "", form: { ...bare, act: "", label: NAME, submit: NAME, notes: [] }, lost };
}

/** The largest form in bytes, unpacked. A value that comes from outside may be forged and much larger. */
const LARGEST = 100_000;

export function readForm(value: string): Form | undefined {
  try {
    const packed = Buffer.from(value, "base64url");
    const form: unknown = JSON.parse(inflateRawSync(packed, { maxOutputLength: LARGEST }).toString());
    if (typeof form !== "object" || form === null || !("act" in form) || !("label" in form)) return undefined;
    // A button that an earlier version sent carries no notes.
    return { notes: [], ...(form as Partial<Form>) } as Form;
  } catch {
    return undefined;
  }
}

/** Where a dialog was opened, and which question it answers. */
export interface FormOrigin {
  readonly act: string;
  readonly name: string;
  readonly locale: Locale;
  readonly channel?: string;
  readonly ts?: string;
  /** Slack's response address: with it the tapped message can be replaced outside the rate limits. */
  readonly respond?: string;
  /** The message is one that Slack keeps nowhere. */
  readonly isEphemeral?: true;
  /** The view below the dialog. */
  readonly view?: string;
}

export const FORM = "attune-form";
export const FIELD = "attune-field";

/** The dialog in Slack's format. Texts that are too long for the button, placeholder or label become the hint. */
export function formView(form: Form, origin: Omit<FormOrigin, "act" | "name" | "locale">): SlackBlock {
  const texts = textsIn(form.locale);
  const { act, name, locale, label, submit, notes, placeholder = "" } = form;
  const { input, view } = LIMITS;
  const long = [
    label.length > input.label ? label : "",
    submit.length > view.submit ? submit : "",
    placeholder.length > input.placeholder ? placeholder : "",
  ].filter((text) => text !== "");
  return {
    type: "modal",
    callback_id: FORM,
    title: plainText(NAME),
    submit: plainText(cutTo(submit, view.submit)),
    close: plainText(texts.cancel),
    private_metadata: JSON.stringify({ act, name, locale, ...origin } satisfies FormOrigin),
    blocks: [
      {
        type: "input",
        block_id: FIELD,
        label: plainText(cutTo(label, input.label)),
        ...(long.length === 0 ? {} : { hint: plainText(cutTo(long.join("\n"), input.label)) }),
        element: form.isFile === true ? FILE_FIELD : textField(form),
      },
      ...notes.map((note) => ({ type: "context", elements: [plainText(cutTo(note, LIMITS.text))] })),
    ],
  };
}

/** One file. Slack takes up to 10 MB. */
const FILE_FIELD = { type: "file_input", action_id: FIELD, filetypes: FILE_ENDINGS, max_files: 1 };

function textField({ maximum, placeholder = "", value = "" }: Form) {
  const { input } = LIMITS;
  // A text that was refused as too long must fit too, or Slack refuses the dialog.
  const longest = Math.max(1, Math.min(maximum, input.length));
  return {
    type: "plain_text_input",
    action_id: FIELD,
    multiline: maximum > 60,
    max_length: value.length > longest ? input.length : longest,
    focus_on_load: true,
    ...(value === "" ? {} : { initial_value: cutTo(value, input.length) }),
    ...(placeholder === "" ? {} : { placeholder: plainText(cutTo(placeholder, input.placeholder)) }),
  };
}
