import { randomInt } from 'node:crypto';

const classes = {
  lowercase: 'abcdefghijklmnopqrstuvwxyz',
  uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  numbers: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

/** `GenerateSecretString` of CloudFormation. Booleans may come as the strings `true` and `false`. */
export type PasswordRules = Readonly<Record<string, unknown>>;

/** The value of a new secret: a random password, or the template with the password put in under its key. */
export function generateSecretString(rules: PasswordRules): string {
  const password = randomPassword(rules);
  const template = rules['SecretStringTemplate'];
  if (typeof template !== 'string') return password;
  const value = JSON.parse(template) as Record<string, unknown>;
  return JSON.stringify({ ...value, [String(rules['GenerateStringKey'])]: password });
}

function randomPassword(rules: PasswordRules): string {
  const length = Number(rules['PasswordLength'] ?? 32);
  const excluded = new Set(typeof rules['ExcludeCharacters'] === 'string' ? rules['ExcludeCharacters'] : '');
  const kept = [
    isOn(rules['ExcludeLowercase']) ? '' : classes.lowercase,
    isOn(rules['ExcludeUppercase']) ? '' : classes.uppercase,
    isOn(rules['ExcludeNumbers']) ? '' : classes.numbers,
    isOn(rules['ExcludePunctuation']) ? '' : classes.punctuation,
    isOn(rules['IncludeSpace']) ? ' ' : '',
  ];
  const alphabets = kept.map((set) => [...set].filter((c) => !excluded.has(c))).filter((set) => set.length > 0);
  const all = alphabets.flat();
  const each = isOn(rules['RequireEachIncludedType'] ?? true) ? alphabets.slice(0, length).map(pick) : [];
  if (all.length === 0 || length < 1) throw new Error('GenerateSecretString leaves no characters to choose from');
  return shuffle([...each, ...Array.from({ length: length - each.length }, () => pick(all))]).join('');
}

function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}

function pick(from: readonly string[]): string {
  return from[randomInt(from.length)] ?? '';
}

function shuffle(list: string[]): string[] {
  for (let end = list.length - 1; end > 0; end--) {
    const other = randomInt(end + 1);
    [list[end], list[other]] = [list[other] ?? '', list[end] ?? ''];
  }
  return list;
}
