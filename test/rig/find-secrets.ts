import { password } from './person.ts';

const patterns: readonly (readonly [string, RegExp])[] = [
  ['API key', /\bgh_(?:dev|prod)_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}/g],
  ['client secret or registration access token', /\bg[as]_[\w-]{43}/g],
  ['device code', /\bgd_[\w-]{43}/g],
  ['authorization code or refresh token', /\bg[cr]_[\w-]{6,}\.[\w-]{10,}\.[\w.-]{20,}/g],
  ['JSON Web Token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g],
  ['password', new RegExp(password, 'g')],
  ['cookie', /\bgatehouse-(?:browser|session)(?:=|"\s*:\s*")[\w-]{16,}/g],
  [
    'secret in a parameter',
    /(?:client_secret|code_verifier|refresh_token|access_token|csrf)(?:=|"\s*:\s*")[\w.~-]{16,}/g,
  ],
  ['private key', /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----|"d"\s*:\s*"[\w-]{20,}"/g],
];

/** Every line of a log that holds a credential, with what it holds; the credential itself shortened. */
export function findSecrets(log: string, known: readonly string[] = []): readonly string[] {
  return log
    .split('\n')
    .flatMap((line) => [
      ...patterns.flatMap(([what, pattern]) => [...line.matchAll(pattern)].map((hit) => report(what, line, hit[0]))),
      ...known.filter((secret) => line.includes(secret)).map((secret) => report('known secret', line, secret)),
    ]);
}

function report(what: string, line: string, secret: string): string {
  return `${what}: ${line.replaceAll(secret, `${secret.slice(0, 6)}…`).slice(0, 300)}`;
}
