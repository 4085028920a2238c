/** The result of one check of `attune doctor`. */
export interface Check {
  readonly name: string;
  /** `warning`: Attune runs, but somebody will not get something. */
  readonly state: "ok" | "warning" | "failing";
  /** One sentence; names no secret. */
  readonly message: string;
  /** What to do about it. Absent when all is well. */
  readonly todo?: string;
}
