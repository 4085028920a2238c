/**
 * Slack's limits. Source, unless stated otherwise: docs.slack.dev, reference/block-kit and apis/web-api/rate-limits. Lengths
 * are in UTF-16 code units, the strictest meaning of "characters". The renderer uses no other limits.
 */
export const LIMITS = {
  message: {
    blocks: 50,
    /** Slack cuts the text above 40,000 and recommends 4,000. */
    text: 4_000,
    /**
     * All blocks together, as JSON. Slack answers `msg_blocks_too_long` somewhere above 12,000 characters and
     * documents no figure (slackapi/bolt-js issues 2509 and 2867 measured 13,200).
     */
    json: 12_000,
  },
  /** Home tabs and modals. */
  view: { blocks: 100, json: 200_000, title: 24, submit: 24, close: 24, metadata: 3_000 },
  header: 150,
  /** The text of a section. We use it for every piece of text. */
  text: 3_000,
  /** One of a section's fields; there may be ten. */
  field: 2_000,
  actions: 25,
  button: {
    value: 2_000,
    /**
     * How wide a label may be, in letters; a Japanese one counts double. Slack takes 75 characters, and cuts them on phones:
     * "may truncate with ~30".
     */
    width: 28,
  },
  confirm: { title: 100, text: 300, button: 30 },
  select: { options: 100, label: 75, value: 150, placeholder: 150 },
  input: { label: 2_000, placeholder: 150, length: 3_000 },
  /**
   * reference/block-kit/blocks/data-visualization-block. `label` is for a line's name and a point's label; names differ, and each
   * line has one value for every label.
   */
  chart: { inMessage: 2, title: 50, series: 6, points: 20, label: 20, axis: 50 },
} as const;

/** A question with more choices shows a menu instead of buttons. */
export const MOST_BUTTONS = 6;

/** Slack's rate limits, per workspace unless stated otherwise. */
export const RATES = {
  /** "One message per second per channel". */
  channel: { perMinute: 60, burst: 1 },
  /** "Several hundred messages per minute" for a workspace: held a little below three hundred. */
  post: { perMinute: 295, burst: 5 },
  /** Tier 3, "50+ per minute": never more than 50 in any minute. */
  update: { perMinute: 45, burst: 5 },
  /** chat.delete: tier 3, apart from edits. */
  remove: { perMinute: 45, burst: 5 },
  /** Tier 3 as well. */
  history: { perMinute: 45, burst: 5 },
  /** Tier 4, "100+ per minute". */
  views: { perMinute: 90, burst: 10 },
  /** files.getUploadURLExternal and files.completeUploadExternal: tier 4. */
  files: { perMinute: 90, burst: 5 },
  /** users.lookupByEmail is tier 3, users.info tier 4. */
  people: { perMinute: 45, burst: 5 },
} as const;

export type RateName = keyof typeof RATES;
