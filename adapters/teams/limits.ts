/**
 * The limits of Teams. Sizes are a little below those of its documentation. The rates are for one bot; above them Teams answers
 * 429.
 */
export const LIMITS = {
  /** Buttons in one action set. A seventh would go into a menu that phones do not show. */
  actionsInSet: 6,
  /** The width of all buttons of one set, in letters (a Japanese letter counts double). So a phone cuts no button. */
  setWidth: 40,
  /** What a button adds to its label, in letters. */
  buttonPadding: 4,
  /** A longer label becomes a row to tap, where text wraps. On a button it would be cut. */
  buttonLabel: 24,
  /** Maximum lengths of texts, tried in this order until the message fits. */
  text: [4_000, 1_200, 400, 140],
  /** Bytes of a whole message as JSON in UTF-16: Teams refuses 100 KB, and asks to stay within 80. */
  message: 80_000,
  /** Characters of the notification's text. */
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
