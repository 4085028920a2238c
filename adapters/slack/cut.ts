/** The last place, up to a limit, where a text can be cut without splitting a character. */
export function wholeEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

/** Cuts a text between characters and adds an ellipsis. */
export const cutTo = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, wholeEnd(text, limit - 1))}…`;
