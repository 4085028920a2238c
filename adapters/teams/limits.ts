/**
 * What Teams admits. Sizes are those of its documentation, with room to spare; the rates are for one bot,
 * and going over them costs a 429.
 */
export const LIMITS = {
  /** Buttons in one action set; a seventh would go into a menu that phones do not show. */
  actionsInSet: 6,
  /** How wide the buttons of one set may be together, in letters (a Japanese one counts double), so that a phone cuts none. */
  setWidth: 40,
  /** What a button adds to its label, in letters. */
  buttonPadding: 4,
  /** A longer label is a row to tap, where text wraps, and not a button, where it is cut. */
  buttonLabel: 24,
  /** Characters of one text, from generous to tight: the first that makes the message fit is used. */
  text: [4_000, 1_200, 400, 140],
  /** Bytes of a whole message as JSON in UTF-16: Teams refuses 100 KB, and asks to stay within 80. */
  message: 80_000,
  /** Characters of the line that a notification shows. */
  summary: 200,
  /** Sends and edits in one chat: at most `count` in any span of `over` milliseconds. */
  inChat: [
    { count: 7, over: 1_000 },
    { count: 8, over: 2_000 },
    { count: 60, over: 30_000 },
    { count: 1_800, over: 3_600_000 },
  ],
  /** All requests of one app in one tenant. */
  inTenant: [{ count: 50, over: 1_000 }],
} as const;
