import { createHash } from 'node:crypto';

/** A person of the local provider: whoever types a name. */
export interface Account {
  /** The name in lower case. */
  readonly sub: string;
  /** As typed. */
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

const longestName = 64;

/** Groups of a name; they are those of the user pool that a deployment has by default. */
const groupsOf: Readonly<Record<string, readonly string[]>> = {
  admin: ['gatehouse-admins'],
  auditor: ['gatehouse-readers'],
};

/** @returns the account, or a sentence for the person about what to type instead */
export function readAccount(typed: string): Account | string {
  const name = typed.trim().normalize('NFC');
  if (name === '') return 'Type a name. Any name will do.';
  if ([...name].length > longestName) return `Type a name of at most ${longestName} characters.`;
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) return 'Type a name without control characters.';
  const sub = name.toLowerCase();
  const groups = Object.hasOwn(groupsOf, sub) ? (groupsOf[sub] ?? []) : [];
  return { sub, name, email: `${mailbox(sub)}@example.test`, groups };
}

/** Names that lose characters get a mark of their own, so that two people never share an address. */
function mailbox(sub: string): string {
  const safe = sub
    .replace(/[^a-z0-9._-]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
    .replace(/\.{2,}/g, '.');
  if (safe === sub) return safe;
  const mark = createHash('sha256').update(sub).digest('hex').slice(0, 6);
  return safe ? `${safe}.${mark}` : `person.${mark}`;
}
