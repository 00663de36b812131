const none = /[\p{Mn}\p{Me}]/u;
const double =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes in a terminal. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += none.test(character) ? 0 : double.test(character) ? 2 : 1;
  return columns;
}

/** The text with blanks up to some columns; a longer one ends in an ellipsis. */
export function fit(text: string, columns: number): string {
  const all = width(text);
  if (all <= columns) return text + ' '.repeat(columns - all);
  let kept = '';
  for (const character of text) {
    if (width(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…${' '.repeat(Math.max(columns - 1 - width(kept), 0))}`;
}
