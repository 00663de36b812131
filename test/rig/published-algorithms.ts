import { readJson } from './oauth-client.ts';

/** Algorithms of the keys that JWKS publishes, sorted. */
export async function publishedAlgorithms(issuer: string): Promise<string[]> {
  const { body } = await readJson(await fetch(`${issuer}/.well-known/jwks.json`));
  return (body['keys'] as { alg: string }[]).map(({ alg }) => alg).sort();
}
