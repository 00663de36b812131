import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { findSecrets } from '../rig/find-secrets.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, postJson } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls, outputPath } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';

test('the search for secrets finds each kind, so that its silence means something', () => {
  const samples = [
    `code gc_${'a'.repeat(22)}.${'b'.repeat(22)}.${'c'.repeat(43)} refused`,
    `refresh gr_${'a'.repeat(22)}.${'b'.repeat(22)}.12.${'c'.repeat(43)}`,
    `Bearer eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(40)}`,
    'POST /token code_verifier=abcdefghijklmnopqrstuvwxyz',
    `key gh_prod_${'a'.repeat(16)}_${'b'.repeat(49)}`,
    `secret of a machine gs_${'a'.repeat(43)}`,
    `Cookie: __Host-gatehouse-session=${'a'.repeat(43)}`,
    `{"gatehouse-browser":"${'a'.repeat(43)}"}`,
    `form csrf=${'a'.repeat(43)}&name=x`,
  ];
  expect(samples.map((sample) => findSecrets(sample).length > 0)).toEqual(samples.map(() => true));
  expect(findSecrets('known s3cret here', ['s3cret'])).toHaveLength(1);
});

test('AS-73 no code, token, verifier, secret, cookie or password is printed, whether a request succeeds or fails', async () => {
  const secrets: string[] = [];
  const keep = (...values: readonly unknown[]) => secrets.push(...values.map(String));

  const registration = await postJson(`${baseUrl}/register`, {
    redirect_uris: ['http://127.0.0.1:9/callback'],
    token_endpoint_auth_method: 'client_secret_post',
    client_name: 'Secretive',
  });
  const secret = String(registration.body['client_secret']);
  keep(secret);
  const client = new OAuthClient(baseUrl, String(registration.body['client_id']));
  const person = new Person();
  const attempt = client.start();
  const landing = await person.authorize(attempt.url);
  const code = landing.searchParams.get('code');
  keep(code, attempt.verifier);

  const answer = await client.redeem(attempt, landing, { client_secret: secret });
  keep(answer.body['access_token'], answer.body['refresh_token']);
  expect(answer.status).toBe(200);
  const refresh = String(answer.body['refresh_token']);
  await callMcp(mcpUrl, String(answer.body['access_token']));
  await callMcp(`${mcpUrl}?access_token=${String(answer.body['access_token'])}`);
  await callMcp(mcpUrl, `${String(answer.body['access_token'])}x`);
  await client.refresh(refresh, { client_secret: 'wrong-secret-that-no-log-may-hold' });
  await client.refresh(`${refresh}x`, { client_secret: secret });
  await client.redeem(attempt, landing, { client_secret: secret });
  await client.redeem(attempt, landing, { client_secret: secret, code_verifier: 'v'.repeat(43) });
  keep('wrong-secret-that-no-log-may-hold', 'v'.repeat(43));
  for (const host of [new URL(baseUrl)]) {
    const cookies = person.cookies.header(host).split('; ');
    keep(...cookies.map((cookie) => cookie.slice(cookie.indexOf('=') + 1)).filter((value) => value.length >= 16));
  }

  const output = readFileSync(outputPath, 'utf8');
  expect(findSecrets(output, secrets)).toEqual([]);
});
