import { expect, inject, test } from 'vitest';
import { readForms } from '../rig/html-forms.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';
const twenty = Array.from({ length: 20 });

test('AS-63 of 20 parallel redemptions of one code one succeeds, and the grant does not outlive the replay', async () => {
  const client = await OAuthClient.register(baseUrl);
  const attempt = client.start();
  const landing = await new Person().authorize(attempt.url);
  const answers = await Promise.all(twenty.map(() => client.redeem(attempt, landing)));
  const won = answers.filter(({ status }) => status === 200);
  const lost = answers.filter(({ status, body }) => status === 400 && body['error'] === 'invalid_grant');
  expect([won.length, lost.length]).toEqual([1, 19]);

  const tokens = readTokens(won[0] ?? answers[0]!);
  expect((await callMcp(mcpUrl, tokens.accessToken)).status).toBe(401);
  expect((await client.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
});

test('AS-67 pain 1: 20 parallel refreshes of one token all succeed, with the same successor', async () => {
  const client = await OAuthClient.register(baseUrl);
  const { refreshToken } = await client.signIn();
  const answers = await Promise.all(twenty.map(() => client.refresh(refreshToken)));
  expect(answers.map(({ status }) => status)).toEqual(twenty.map(() => 200));
  const successors = new Set(answers.map((answer) => readTokens(answer).refreshToken));
  expect(successors.size).toBe(1);
  expect(successors).not.toContain(refreshToken);
  for (const answer of answers.slice(0, 3)) {
    expect((await callMcp(mcpUrl, readTokens(answer).accessToken)).status).toBe(200);
  }
  const [successor = ''] = successors;
  expect((await client.refresh(successor)).status).toBe(200);
});

test('AS-67 a token older than the previous one ends the whole family', async () => {
  const client = await OAuthClient.register(baseUrl);
  const first = await client.signIn();
  const second = readTokens(await client.refresh(first.refreshToken));
  const third = readTokens(await client.refresh(second.refreshToken));
  const replay = await client.refresh(first.refreshToken);
  expect(replay).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect((await client.refresh(third.refreshToken)).body['error']).toBe('invalid_grant');
  // The guard has never seen this grant, so it has nothing to remember of the time when it lived.
  expect((await callMcp(mcpUrl, third.accessToken)).status).toBe(401);
});

test('pain 25: a code or token presented by another client is refused and harms nobody', async () => {
  const [owner, thief] = [await OAuthClient.register(baseUrl), await OAuthClient.register(baseUrl)];
  const attempt = owner.start();
  const landing = await new Person().authorize(attempt.url);
  const stolen = await thief.redeem(attempt, landing);
  expect(stolen).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  const tokens = readTokens(await owner.redeem(attempt, landing));
  expect((await thief.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
  expect((await owner.refresh(tokens.refreshToken)).status).toBe(200);
});

test('AS-64 a wrong verifier burns the code, because the right client would know it', async () => {
  const client = await OAuthClient.register(baseUrl);
  const attempt = client.start();
  const landing = await new Person().authorize(attempt.url);
  const wrong = await client.redeem(attempt, landing, { code_verifier: 'w'.repeat(43) });
  expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect((await client.redeem(attempt, landing)).body['error']).toBe('invalid_grant');
});

test('a double click on Allow gives one grant, not two', async () => {
  const client = await OAuthClient.register(baseUrl);
  const attempt = client.start();
  const person = new Person();
  const page = await person.arrive(attempt.url);
  expect(readForms(page.body).length).toBe(1);
  const [one, two] = await Promise.all([person.answer(page, 'allow'), person.answer(page, 'allow')]);
  expect([one.left, two.left]).toEqual([true, true]);
  expect(one.url.searchParams.get('code')).toBe(two.url.searchParams.get('code'));
  expect((await client.redeem(attempt, one.url)).status).toBe(200);
});

test('pain 25: two attempts of one person and client side by side both end well', async () => {
  const client = await OAuthClient.register(baseUrl);
  const person = new Person();
  const [first, second] = [client.start(), client.start()];
  const pages = [await person.arrive(first.url), await person.arrive(second.url)] as const;
  const landings = [await person.answer(pages[1], 'allow'), await person.answer(pages[0], 'allow')] as const;
  expect((await client.redeem(second, landings[0].url)).status).toBe(200);
  expect((await client.redeem(first, landings[1].url)).status).toBe(200);
});
