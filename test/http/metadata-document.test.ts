import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { metadataDocumentClients } from '../../lambdas/core/metadata-document/metadata-document-clients.ts';
import type { FetchedDocument } from '../../lambdas/core/ports/documents.ts';
import { DocumentError } from '../../lambdas/core/ports/documents.ts';
import { interactionApp } from '../../lambdas/http/interaction-app.ts';
import { goodRequest } from '../core/fixtures.ts';
import { claudeCode } from '../core/metadata-document/known-documents.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser } from './in-process-browser.ts';

const policy = { enabled: true, allowHosts: [], denyHosts: ['denied.example'] };
let desk: Desk;
let interaction: Hono;
let document: unknown;
let count = 0;
let id = '';

beforeAll(async () => {
  desk = await startDesk();
  const documents = {
    async load(): Promise<FetchedDocument> {
      if (document instanceof Error) throw document;
      return { body: document as Record<string, unknown> };
    },
  };
  const unavailable = 'temporarily_unavailable';
  const clients = metadataDocumentClients({ clients: desk.clients, documents, policy, unavailable });
  interaction = interactionApp({ ...desk.deps, clients });
});
afterAll(() => desk.stop());
beforeEach(() => {
  count += 1;
  id = `https://publisher.example:8443/${count}.json`;
  publish({});
});

function publish(changes: Record<string, unknown>): void {
  document = { ...claudeCode, client_id: id, client_name: 'Notes', ...changes };
}

function authorize(changes: Record<string, string> = {}): Promise<Response> {
  return new InProcessBrowser(interaction).get(`/authorize?${request(changes).toString()}`);
}

function request(changes: Record<string, string> = {}): URLSearchParams {
  return goodRequest({ client_id: id, redirect_uri: 'http://localhost:50000/callback', ...changes });
}

describe('AS-28 the consent page', () => {
  test('shows the host that published the client, with its port, and warns of loopback', async () => {
    const { page } = await new InProcessBrowser(interaction).arrive(request());
    const text = await page.text();
    expect(text).toMatch(/Verified: published by <strong><bdi>publisher\.example:8443<\/bdi>/);
    expect(text).not.toContain('Self-asserted');
    expect(text).toContain('localhost:50000');
    expect(text).toContain('any program here could claim to be this app');
    expect(text).toContain(id);
  });

  test('does not warn where the answer goes to a host', async () => {
    publish({ redirect_uris: ['https://publisher.example/cb'] });
    const { page } = await new InProcessBrowser(interaction).arrive(
      request({ redirect_uri: 'https://publisher.example/cb' }),
    );
    expect(await page.text()).not.toContain('Did you just start this yourself?');
  });

  test('loads nothing that the document names', async () => {
    publish({ logo_uri: 'https://publisher.example/logo.png' });
    const { page } = await new InProcessBrowser(interaction).arrive(request());
    expect(await page.text()).not.toContain('logo.png');
  });

  test('is not shown for a redirect URI that the document has dropped meanwhile', async () => {
    const browser = new InProcessBrowser(interaction);
    const { path } = await browser.arrive(request());
    publish({ redirect_uris: ['http://localhost/elsewhere'] });
    // A transaction lasts ten minutes, so only a copy that was nearly stale can change within it.
    const stored = await desk.clients.find(id, desk.clock.now());
    await desk.clients.keepDocument({ ...stored!, freshUntil: desk.clock.now() });
    const page = await browser.get(path);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('unknown return address');
  });
});

describe('AS-27 AS-41 what leads to no client is a page, never a redirect', () => {
  const dead: [string, () => Record<string, string>, number, string][] = [
    ['no such document', () => fail('invalid'), 400, 'could not be checked'],
    ['a document on a host inside', () => fail('refused'), 400, 'could not be checked'],
    ['a host that does not answer', () => fail('unavailable'), 503, 'cannot be checked now'],
    [
      'a document of another client',
      () => (publish({ client_id: 'https://other.example/a' }), {}),
      400,
      'client_id differs',
    ],
    ['a document with a secret', () => (publish({ client_secret: 'x' }), {}), 400, 'client_secret'],
    ['a URL with dots', () => ({ client_id: `${id}/../a` }), 400, 'path segment of dots'],
    ['a URL without TLS', () => ({ client_id: id.replace('https', 'http') }), 400, 'must begin with https://'],
    ['a host that is not let in', () => ({ client_id: 'https://denied.example/a' }), 400, 'not allowed here'],
    [
      'a redirect URI that is not in it',
      () => ({ redirect_uri: 'https://evil.example/' }),
      400,
      'unknown return address',
    ],
  ];

  function fail(kind: DocumentError['kind']): Record<string, string> {
    document = new DocumentError(kind, 'the reason, with 10.0.0.1 in it');
    return {};
  }

  test.each(dead)('%s', async (_, changes, status, words) => {
    const answer = await authorize(changes());
    expect(answer.status).toBe(status);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('retry-after')).toBe(status === 503 ? '10' : null);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const page = await answer.text();
    expect(page).toContain(words);
    expect(page).toContain('trace-1');
    expect(page).not.toContain('10.0.0.1');
    // Nothing in a cache of the client is at fault.
    expect(page).not.toContain('mcp-auth');
  });

  test('pain 18: the log has what the page does not say', async () => {
    await authorize(fail('refused'));
    const reason = {
      reason: 'metadata_refused',
      error: expect.objectContaining({ cause: expect.any(DocumentError) as unknown }) as unknown,
    };
    expect(desk.lines.map(({ fields }) => fields)).toContainEqual(expect.objectContaining(reason));
  });
});
