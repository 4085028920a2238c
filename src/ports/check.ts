/** One thing that was looked at, and what it is about for whoever has to mend it. */
export interface Check {
  readonly name: string;
  /** `warning`: Attune runs, and somebody will miss something. */
  readonly state: "ok" | "warning" | "failing";
  /** One sentence; names no secret. */
  readonly message: string;
  /** What to do about it. Absent when all is well. */
  readonly todo?: string;
}
