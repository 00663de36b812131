/**
 * Text of a stranger, fit to stand beside ours: one line, no control or formatting characters (which could turn the
 * direction of what follows, or hide letters), no towers of accents, a bounded length.
 *
 * @param limit most characters that are kept
 * @default limit 80
 */
export function plainText(value: string, limit = 80): string {
  const line = value
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim();
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit).join('').trimEnd()}…` : line;
}
