/** What is wrong about a list of people, as codes and values: each language makes its own sentence. */
export interface PeopleMistake {
  readonly code: PeopleMistakeCode;
  /** What stands there. */
  readonly text?: string;
  /** What it is compared with: the line where it stands already, the rotations that there are, the headings that are not known. */
  readonly more?: string;
}

export type PeopleMistakeCode =
  // The file
  | "no-header"
  | "column"
  | "no-column"
  | "broken-line"
  | "nobody"
  | "too-much"
  // One cell
  | "unseen"
  | "formula"
  | "letters"
  | "empty"
  | "id"
  | "latin"
  | "role"
  | "half-role"
  | "role-twice"
  | "email"
  | "language"
  | "not-on-rotation"
  | "rotation"
  // Cells together
  | "double"
  /** Another program has the e-mail or account. */
  | "shared"
  /** Nobody would be left who can take it back. */
  | "no-coordinator"
  // What program.yaml says
  | "named-in-program"
  | "resident-in-program"
  | "program";
