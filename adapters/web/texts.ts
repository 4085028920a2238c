import type { Locale } from "#src/domain/locale.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";
import type { NudgeState } from "#src/domain/nudge-life.ts";
import type { Role } from "#src/domain/person.ts";
import type { Jump } from "#src/ports/stage.ts";

/**
 * The texts of the page around the chats. (What Attune itself says is in src/words.) They are strings with `{gaps}` and not functions,
 * since the page's script needs them too.
 */
export interface Texts {
  readonly title: string;
  readonly tagline: string;
  readonly description: string;
  readonly skip: string;
  readonly otherLanguage: string;
  readonly theme: string;
  readonly clock: {
    readonly label: string;
    readonly jumps: Readonly<Record<Jump, string>>;
    readonly forward: string;
    readonly pause: string;
    readonly real: string;
    readonly startOver: string;
    readonly confirm: {
      readonly title: string;
      readonly text: string;
      readonly yes: string;
      readonly no: string;
    };
  };
  readonly hint: {
    readonly label: string;
    readonly start: string;
    readonly next: string;
    readonly waiting: string;
    readonly compare: string;
    readonly week: string;
    readonly digest: string;
    readonly away: string;
  };
  readonly reached: {
    readonly one: string;
    readonly several: string;
    readonly more: string;
    readonly none: string;
    readonly restarted: string;
  };
  readonly waiting: { readonly one: string; readonly many: string; readonly show: string };
  readonly phones: {
    readonly label: string;
    readonly phone: string;
    readonly chat: string;
    readonly picker: string;
    readonly seats: string;
    readonly pin: string;
    readonly unread: string;
  };
  readonly roles: Readonly<Record<Role, string>>;
  readonly languages: Readonly<Record<Locale, string>>;
  readonly strip: {
    readonly label: string;
    readonly note: string;
    readonly scroll: string;
    readonly now: string;
    readonly onDuty: string;
    readonly nobody: string;
    readonly duty: string;
    readonly together: string;
    readonly nudge: string;
    readonly legend: string;
    readonly legendTogether: string;
    readonly legendPlanned: string;
  };
  readonly kinds: Readonly<Record<NudgeKind, string>>;
  readonly states: Readonly<Record<NudgeState, string>>;
  /** What a phone says in its owner's language. */
  readonly device: {
    readonly placeholder: string;
    readonly send: string;
    /** A roster or a list of people, from a coordinator. */
    readonly attach: string;
    readonly empty: string;
    readonly open: string;
    /** Offered beside the entry; `only` to one role where it is of no use to others. */
    readonly commands: readonly { readonly label: string; readonly says: string; readonly only?: Role }[];
    readonly commandsLabel: string;
    readonly step: string;
    readonly chosen: string;
    readonly left: string;
    /** Opens what a picture shows as a table. */
    readonly inWords: string;
  };
  readonly refusals: Readonly<Record<Refusal, string>>;
  readonly trouble: { readonly offline: string; readonly unsent: string };
}

/** Refusals of the playground itself, before the core is asked. */
export type Refusal =
  | "host"
  | "origin"
  | "token"
  | "type"
  | "size"
  | "packed"
  | "slow"
  | "crowded"
  | "json"
  | "fields"
  | "text-size"
  | "person"
  | "message"
  | "not-yours"
  | "not-found"
  | "method"
  | "busy"
  | "real-time"
  | "real-people"
  | "streams"
  | "not-saved"
  | "closing"
  | "failed";
