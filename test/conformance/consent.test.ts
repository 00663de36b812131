import { describe, expect, inject, test } from 'vitest';
import { readForms } from '../rig/html-forms.ts';
import type { Attempt } from '../rig/oauth-client.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import type { Stop } from '../rig/person.ts';
import { Person } from '../rig/person.ts';

const { baseUrl } = inject('gatehouse');

interface Asked {
  readonly person: Person;
  readonly page: Stop;
  readonly client: OAuthClient;
  readonly attempt: Attempt;
  /** What the untouched form would send with Allow. */
  readonly values: readonly [string, string][];
}

async function ask(scope = 'todo:read todo:write', metadata: Record<string, unknown> = {}): Promise<Asked> {
  const client = await OAuthClient.register(baseUrl, metadata);
  const attempt = client.start({ scope });
  const person = new Person();
  const page = await person.arrive(attempt.url);
  const [form] = readForms(page.body);
  const fields = (form?.fields ?? []).map(({ name, value }): [string, string] => [name, value]);
  const [allow] = form?.buttons ?? [];
  return { person, page, client, attempt, values: [...fields, [allow?.name ?? '', allow?.value ?? '']] };
}

async function send({ page }: Asked, who: Person, values: readonly (readonly [string, string])[]): Promise<Stop> {
  const [form] = readForms(page.body);
  if (!form) throw new Error('no form');
  return await who.submit(page, form, values);
}

const replace = (values: Asked['values'], name: string, value: string) =>
  values.map(([key, old]): [string, string] => [key, key === name ? value : old]);

describe('AS-49 the consent form', () => {
  test('is the way to a code when nothing is changed', async () => {
    const asked = await ask();
    expect((await send(asked, asked.person, asked.values)).left).toBe(true);
  });

  test.each(['csrf', 'transaction', 'decision'])(
    'is refused without or with another %s, and gives no code',
    async (name) => {
      const asked = await ask();
      expect(asked.values.map(([key]) => key)).toContain(name);
      const changes = [
        asked.values.filter(([key]) => key !== name),
        replace(asked.values, name, ''),
        replace(asked.values, name, 'A'.repeat(43)),
        [...asked.values, [name, 'again'] as const],
      ];
      for (const values of changes) {
        const stop = await send(asked, asked.person, values);
        expect(stop.left).toBe(false);
        expect(stop.status).toBeGreaterThanOrEqual(400);
        expect(stop.status).toBeLessThan(500);
      }
    },
  );

  test('pain 26: is worth nothing in another browser, signed in or not', async () => {
    const asked = await ask();
    expect((await send(asked, new Person(), asked.values)).left).toBe(false);
    const other = await ask();
    expect((await send(asked, other.person, asked.values)).left).toBe(false);
  });

  test('is refused when another site sends it', async () => {
    const asked = await ask();
    const headers = { cookie: asked.person.cookies.header(new URL(baseUrl)), origin: 'https://evil.example' };
    const body = new URLSearchParams(asked.values.map(([name, value]) => [name, value]));
    const answer = await fetch(`${baseUrl}/consent`, { method: 'POST', headers, body, redirect: 'manual' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get('location')).toBeNull();
  });

  test('AS-48 cannot grant more than was asked', async () => {
    const asked = await ask('todo:read');
    const stop = await send(asked, asked.person, [...asked.values, ['scope', 'todo:write'], ['scope', 'admin']]);
    const tokens = stop.left ? readTokens(await asked.client.redeem(asked.attempt, stop.url)) : undefined;
    expect(tokens?.scope ?? 'todo:read').toBe('todo:read');
  });

  test('after Cancel, Allow comes too late', async () => {
    const asked = await ask();
    const denied = await asked.person.answer(asked.page, 'deny');
    expect(denied.url.searchParams.get('error')).toBe('access_denied');
    const late = await send(asked, asked.person, asked.values);
    expect(late.url.searchParams.has('code')).toBe(false);
  });
});

describe('the consent page', () => {
  test('AS-49 AS-52 is in no frame, no cache, no referrer', async () => {
    const { headers } = (await ask()).page;
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('AS-28 names the redirect host, and says that nobody checked the name', async () => {
    const { page } = await ask('todo:read', { redirect_uris: ['https://callback.example/oauth'] });
    expect(page.body).toContain('callback.example');
    expect(page.body).toMatch(/self-asserted/i);
  });

  test('shows a hostile client name as text', async () => {
    const name = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>\u202egnp.exe';
    const { page } = await ask('todo:read', { client_name: name });
    expect(page.body).not.toMatch(/<script>alert|<img src=x/);
    expect(page.body).not.toContain('\u202e');
  });

  test('AS-51 a redirect URI cannot widen its policy', async () => {
    const redirect = "https://callback.example/;script-src 'unsafe-inline';/cb";
    const answer = await ask('todo:read', { redirect_uris: [redirect] }).catch(() => undefined);
    const policy = answer?.page.headers.get('content-security-policy') ?? '';
    expect(policy).not.toContain('unsafe-inline');
  });
});

describe('the way from the identity provider', () => {
  test('pain 26: a callback address that an attacker sends to somebody else is refused in their browser', async () => {
    const attacker = new Person();
    const attempt = (await OAuthClient.register(baseUrl)).start();
    const signInPage = await attacker.open(attempt.url);
    const { url } = await attacker.stopBefore('/callback', () => attacker.signIn(signInPage));
    expect(url.searchParams.has('code')).toBe(true);
    const victim = await new Person().open(url);
    expect(victim.left).toBe(false);
    expect(victim.status).toBeGreaterThanOrEqual(400);
    expect(readForms(victim.body)).toEqual([]);
  });

  test('a callback address works once', async () => {
    const person = new Person();
    const client = await OAuthClient.register(baseUrl);
    const signInPage = await person.open(client.start().url);
    const { url } = await person.stopBefore('/callback', () => person.signIn(signInPage));
    expect((await person.open(url)).status).toBe(200);
    const again = await person.open(url);
    expect(again.left).toBe(false);
    // Back to the consent page of the same browser is no harm; a new sign-in from a spent code would be.
    expect(again.status === 200 || again.status >= 400).toBe(true);
  });

  test('pain 14: nothing of the client goes upstream', async () => {
    const person = new Person();
    const attempt = (await OAuthClient.register(baseUrl)).start({ scope: 'todo:read' });
    const { url } = await person.stopBefore('/auth', () => person.open(attempt.url));
    const sent = url.searchParams;
    expect(sent.get('state')).not.toBe(attempt.state);
    expect(sent.get('code_challenge')).not.toBe(attempt.url.searchParams.get('code_challenge'));
    expect(sent.get('client_id')).not.toBe(attempt.url.searchParams.get('client_id'));
    expect(sent.has('resource')).toBe(false);
    expect(sent.get('scope')).not.toContain('todo');
  });
});
