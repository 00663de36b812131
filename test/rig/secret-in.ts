import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface StoredSecret {
  readonly description: string;
  readonly versions: readonly { readonly stages: readonly string[]; readonly text?: string }[];
}

/** The current string of a secret in the state folder of a runner, by a part of its description. */
export function secretIn(statePath: string, description: string): string {
  const folder = join(statePath, 'aws/secrets');
  const secrets = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as StoredSecret,
  );
  const found = secrets.find((secret) => secret.description.includes(description));
  const text = found?.versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.text;
  if (text === undefined) throw new Error(`no secret is described by: ${description}`);
  return text;
}
