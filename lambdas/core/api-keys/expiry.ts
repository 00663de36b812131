const day = 86_400;

/** What people choose from (F-B1), in seconds. */
const words: Readonly<Record<string, number>> = { '7d': 7 * day, '30d': 30 * day, '90d': 90 * day, '1y': 365 * day };

const isoTime = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** An expiry in epoch seconds, `never`, or what is wrong with it. */
export type Expiry = { readonly at: number | undefined } | { readonly problem: string };

/**
 * Reads when a key expires: `7d`, `30d`, `90d`, `1y`, `never`, or an ISO 8601 time with its offset.
 * @param now epoch seconds from which the words count
 */
export function readExpiry(text: string, now: number): Expiry {
  if (text === 'never') return { at: undefined };
  const life = Object.hasOwn(words, text) ? words[text] : undefined;
  if (life !== undefined) return { at: now + life };
  const at = secondsOf(text);
  if (at === undefined) {
    return { problem: `Enter ${Object.keys(words).join(', ')}, never, or a time such as 2027-01-31T12:00:00Z.` };
  }
  return at > now ? { at } : { problem: 'This time has passed. Enter one in the future.' };
}

function secondsOf(text: string): number | undefined {
  const [, date = '', time = ''] = isoTime.exec(text) ?? [];
  // Date reads 31 February as 3 March: what was meant, nobody knows.
  const plain = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(plain) || !new Date(plain).toISOString().startsWith(`${date}T${time}`)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
