/** The room that a text takes in a line, in letters: a Japanese letter or an emoji takes that of two. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, letter) => width + letterWidth(letter), 0);

const letterWidth = (letter: string): number =>
  /[\u1100-\u115F\u2E80-\uFFEF]|[\u{1F300}-\u{3FFFF}]/u.test(letter) ? 2 : 1;

/** A text that takes at most this room. If something was cut, an ellipsis stands at its end. Characters are never split. */
export function cutToWidth(text: string, maximum: number): string {
  if (widthOf(text) <= maximum) return text;
  let width = 1;
  let end = 0;
  for (const letter of text) {
    width += letterWidth(letter);
    if (width > maximum) break;
    end += letter.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
