/** What a look at a whole database found that is sound. */
export interface Soundness {
  /** What was looked at, in words. */
  readonly looked: string;
  /** An older version wrote it: the next start brings it to this one's schema. */
  readonly isOlder: boolean;
}
