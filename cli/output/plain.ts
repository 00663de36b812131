// Escape sequences drive a terminal; format characters turn text around or hide it.
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text from elsewhere, as it can be written to a terminal: what would act there is spelled out. */
export function plain(text: string): string {
  return text.replace(unsafe, escaped);
}

/** JSON for programs and people: the same, in the escapes of JSON, so that parsing gives the text back. */
export function plainJson(value: unknown): string {
  // The line breaks and blanks are JSON's own: inside a text they are escaped already.
  return JSON.stringify(value, undefined, 2).replace(unsafe, (character) =>
    character === '\n' ? character : escaped(character),
  );
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
