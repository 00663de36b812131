import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { auditLog } from '../../core/fixtures.ts';
import { lifetimes } from '../../core/fixtures.ts';
import { administrator, reader, somebody } from '../admin-scene.ts';
import type { Desk } from '../desk.ts';
import { startDesk } from '../desk.ts';
import { locationOf } from '../in-process-browser.ts';
import { sendForm, signedInBrowser } from '../own-pages.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const events = () => (desk.deps.audit as ReturnType<typeof auditLog>).events;

/** A browser in which somebody has signed in for the console. */
async function browserOf(person: Desk['provider']['person']) {
  desk.provider.person = { ...person, authTime: desk.clock.now() };
  return signedInBrowser(desk, '/admin');
}

const newKey = { name: 'Nightly', servers: ['todos'], permissions: ['read'], expires: '30d' };

describe('F-D5 the console over everything that is behind it', () => {
  test('every page of the menu opens for administrators and for readers', async () => {
    for (const person of [administrator(), reader()]) {
      const browser = await browserOf(person);
      const text = await (await browser.get('/admin')).text();
      const menu = text.slice(text.indexOf('<nav aria-label="Console"'), text.indexOf('</nav>'));
      const addresses = [...menu.matchAll(/href="([^"]+)"/g)].map(([, address]) => new URL(address ?? '').pathname);
      expect(addresses).toHaveLength(9);
      for (const address of addresses) expect([address, (await browser.get(address)).status]).toEqual([address, 200]);
    }
  });

  test('F-B2 F-B4 a key is made and revoked; the record says who did it, and never the secret', async () => {
    const person = administrator();
    const browser = await browserOf(person);
    const made = await sendForm(browser, '/admin/keys/new', newKey);
    const secret = /value="(gh_dev_[^"]+)"/.exec(await made.text())?.[1] ?? 'none';
    expect(made.status).toBe(200);
    const keyId = secret.split('_')[2] ?? '';
    expect(await (await browser.get('/admin/keys')).text()).not.toContain('<s>');
    const done = await sendForm(browser, `/admin/keys/${keyId}/revoke`);
    expect(locationOf(done).pathname).toBe(`/admin/keys/${keyId}`);
    expect(await (await browser.get(`/admin/keys/${keyId}`)).text()).toContain('Revoked by');
    for (const page of ['/admin/keys', `/admin/keys/${keyId}`]) {
      expect(await (await browser.get(page)).text(), `F-B4 struck through on ${page}`).toContain(
        '<s><bdi>Nightly</bdi></s>',
      );
    }
    const own = events().filter(({ sub }) => sub === person.sub);
    expect(own.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['admin.key.created', 'admin.key.revoked']) as string[],
    );
    expect(JSON.stringify([events(), desk.lines])).not.toContain(secret);
  });

  test('a form that is sent twice makes one key', async () => {
    const browser = await browserOf(administrator());
    const again = { ...newKey, name: 'Twice', idempotency_key: 'the-same-form-twice' };
    const answers = await Promise.all([1, 2].map(() => sendForm(browser, '/admin/keys/new', again)));
    const secrets = await Promise.all(
      answers.map(async (answer) => /value="(gh_dev_[^"]+)"/.exec(await answer.text())?.[1]),
    );
    expect(secrets[0]).toBeDefined();
    expect(secrets[1]).toBe(secrets[0]);
  });

  test('F-D6 an administrator of whom everything is ended is signed out at once', async () => {
    const [leaver, stayer] = [administrator(), administrator()];
    const [theirs, mine] = [await browserOf(leaver), await browserOf(stayer)];
    expect((await theirs.get('/admin')).status).toBe(200);
    desk.clock.forward(1);
    await sendForm(mine, `/admin/people/${leaver.sub}/revoke`);
    expect(locationOf(await theirs.get('/admin')).pathname).toBe('/sign-in');
    expect((await mine.get('/admin')).status).toBe(200);
  });

  test('a session ends with the day, and with it the console', async () => {
    const browser = await browserOf(administrator());
    desk.clock.forward(lifetimes.browserSession);
    expect(locationOf(await browser.get('/admin/keys')).searchParams.get('to')).toBe('/admin/keys');
  });

  test('whoever is in no list sees nothing', async () => {
    const browser = await browserOf(somebody());
    for (const path of ['/admin', '/admin/keys', '/admin/people/alice', '/admin/nothing']) {
      const answer = await browser.get(path);
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toContain('aria-label="Console"');
    }
  });

  test('a verb that a page does not know is refused, with those that it knows', async () => {
    const answer = await desk.admin.request('https://gate.example/admin/keys', { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toContain('GET');
  });
});
