/** Where a text may be cut, at the latest, without halving a character. */
export function wholeEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

/** Cuts at a whole character, with a sign that something is missing. */
export const cutTo = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, wholeEnd(text, limit - 1))}…`;
