import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CommandError } from '../../cli/errors.ts';
import { listen } from '../../cli/login/loopback-listener.ts';

async function listening() {
  const listener = await listen(0, 'our-state');
  onTestFinished(() => listener.close());
  return listener;
}

/** Status of a request with a Host header of its own. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('F-B7 the loopback listener', () => {
  test('takes one landing with our state, and shows its end', async () => {
    const { landing, redirectUri } = await listening();
    const answer = fetch(`${redirectUri}?code=abc&state=our-state`);
    const { url, finish } = await landing;
    expect(url.searchParams.get('code')).toBe('abc');
    finish(true);
    const page = await answer;
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('You can close this page');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await fetch(`${redirectUri}?code=abc&state=our-state`)).status).toBe(400);
  });

  test.each([
    ['another state', '/callback?code=evil&state=other', 400],
    ['no state', '/callback?code=evil', 400],
    ['another path', '/other?code=evil&state=our-state', 404],
    ['a deeper path', '/callback/x?code=evil&state=our-state', 404],
  ])('F-B7 a landing with %s neither ends the wait nor is taken', async (_what, path, status) => {
    const { landing, redirectUri } = await listening();
    const stranger = await fetch(new URL(path, redirectUri));
    expect(stranger.status).toBe(status);
    expect(await stranger.text()).not.toContain('evil');
    void fetch(`${redirectUri}?code=ours&state=our-state`).catch(() => undefined);
    const landed = await landing;
    landed.finish(true);
    expect(landed.url.searchParams.get('code')).toBe('ours');
  });

  test('F-B7 another host name or method is nothing to us', async () => {
    const { redirectUri } = await listening();
    const url = `${redirectUri}?code=evil&state=our-state`;
    expect(await statusFor(url, 'rebound.example')).toBe(404);
    expect(await statusFor(url, `localhost:${new URL(redirectUri).port}`)).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });

  test('a port that is taken', async () => {
    const { redirectUri } = await listening();
    const again = listen(Number(new URL(redirectUri).port), 'x');
    await expect(again).rejects.toThrow(CommandError);
    await expect(again).rejects.toThrow(/^Port \d+ is taken/);
    await expect(again).rejects.toMatchObject({ cure: 'Give --port 0 for any free one.' });
  });

  test('closing frees the port at once, with a browser still connected', async () => {
    const first = await listen(0, 'a');
    const port = Number(new URL(first.redirectUri).port);
    await (await fetch(new URL('/favicon.ico', first.redirectUri))).text();
    await first.close();
    const second = await listen(port, 'b');
    await second.close();
  });
});
