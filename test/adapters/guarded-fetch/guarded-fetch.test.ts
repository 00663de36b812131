import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardedFetch } from '../../../lambdas/adapters/guarded-fetch/guarded-fetch.ts';
import { refuseSocket } from '../../../lambdas/adapters/guarded-fetch/refuse-socket.ts';
import { DocumentError } from '../../../lambdas/core/ports/documents.ts';
import type { DocumentServer } from '../../rig/document-server.ts';
import { authorityFile, startDocumentServer } from '../../rig/document-server.ts';

const issuer = 'http://localhost:3000';
const document = { client_id: 'x' };
let server: DocumentServer;

beforeAll(async () => {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(authorityFile, 'utf8')]);
  server = await startDocumentServer();
  server.publish('/good', document);
});
afterAll(() => server.stop());

/** A resolver that gives these addresses, one list each time it is asked, and counts. */
function dns(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve = async (host: string) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(host);
    return answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return { asked, resolve };
}

async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DocumentError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  throw new Error('nothing was refused');
}

function fetchFrom(url: string, options: Partial<Parameters<typeof guardedFetch>[0]> = {}) {
  return guardedFetch({ issuer, ...options }).load(url, 'client-metadata');
}

async function answerOf(listener: RequestListener, options = {}): Promise<string> {
  server.publish('/case', listener);
  return failure(fetchFrom(server.url('/case'), options));
}

const typed = { 'content-type': 'application/json' };

describe('what is accepted', () => {
  test('a JSON object, with what HTTP says of its freshness', async () => {
    expect(await fetchFrom(server.url('/good'))).toEqual({ body: document });
    server.publish('/cached', document, { 'cache-control': 'max-age=77' });
    expect(await fetchFrom(server.url('/cached'))).toEqual({ body: document, maxAge: 77 });
  });

  test.each(['application/json; charset=utf-8', 'application/oauth-client+json', 'Application/JSON'])(
    'the type %s',
    async (type) => {
      server.publish('/typed', document, { 'content-type': type });
      expect(await fetchFrom(server.url('/typed'))).toEqual({ body: document });
    },
  );

  test('a document of exactly 5 KB, and a key set of 64 KB', async () => {
    server.publish('/full', { x: 'a'.repeat(5 * 1024 - 8) });
    expect((await fetchFrom(server.url('/full'))).body).toHaveProperty('x');
    server.publish('/keys', { keys: 'a'.repeat(64 * 1024 - 11) });
    const found = await guardedFetch({ issuer }).load(server.url('/keys'), 'jwks');
    expect(found.body).toHaveProperty('keys');
  });

  test('the request tells the host nothing but what is wanted', async () => {
    await fetchFrom(server.url('/good'));
    const { method, headers } = server.requests.at(-1) ?? {};
    expect(method).toBe('GET');
    expect(Object.keys(headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });
});

describe('AS-24 where a document may be', () => {
  test.each([
    'https://127.0.0.1/x',
    'https://127.1/x',
    'https://2130706433/x',
    'https://0x7f000001/x',
    'https://0x7f.0.0.1/x',
    'https://0177.0.0.1/x',
    'https://017700000001/x',
    'https://127.0.0.1./x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://[::ffff:7f00:1]/x',
    'https://[64:ff9b::7f00:1]/x',
    'https://[2002:7f00:1::]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://[fd00:ec2::254]/latest/meta-data',
    'https://10.0.0.1/x',
    'https://3232235777/x',
    'https://0/x',
  ])('%s is refused by a public issuer, without a connection', async (url) => {
    const { asked, resolve } = dns(['10.0.0.1']);
    expect(await failure(fetchFrom(url, { issuer: 'https://gate.example', resolve }))).toMatch(/^refused: /);
    expect(asked).toEqual([]);
  });

  test.each(['10.0.0.1', '169.254.169.254', '0.0.0.0', '::ffff:127.0.0.1', 'fd00::1', '64:ff9b::a00:1'])(
    'a loopback issuer opens loopback only, not %s',
    async (address) => {
      const host = address.includes(':') ? `[${address}]` : address;
      expect(await failure(fetchFrom(`https://${host}/x`))).toMatch(/^refused: /);
      const { resolve } = dns([address]);
      expect(await failure(fetchFrom('https://client.example/x', { resolve }))).toMatch(/^refused: /);
    },
  );

  test.each(['https://gate.example', 'https://127.0.0.1.nip.example', 'https://localhost.example'])(
    'loopback is closed to the issuer %s',
    async (at) => {
      expect(await failure(fetchFrom(server.url('/good'), { issuer: at }))).toMatch(/^refused: /);
      expect(await failure(fetchFrom(server.url('/good', '127.0.0.1'), { issuer: at }))).toMatch(/^refused: /);
    },
  );

  test.each(['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1'])('loopback is open to %s', async (at) => {
    expect(await fetchFrom(server.url('/good', '127.0.0.1'), { issuer: at })).toEqual({ body: document });
  });

  test.each(['http', 'ftp', 'file', 'data'])('%s: is refused', async (scheme) => {
    expect(await failure(fetchFrom(`${scheme}://localhost:${server.port}/good`))).toBe('refused: not an https URL');
  });

  test.each([
    { addresses: ['127.0.0.1', '10.0.0.1'] },
    { addresses: ['10.0.0.1', '127.0.0.1'] },
    { addresses: ['127.0.0.1', '::ffff:10.0.0.1'] },
  ])('one forbidden address among $addresses is enough', async ({ addresses }) => {
    const before = server.requests.length;
    const { resolve } = dns(addresses);
    expect(await failure(fetchFrom(server.url('/good', 'client.example'), { resolve }))).toMatch(/^refused: /);
    expect(server.requests).toHaveLength(before);
  });

  test('DNS rebinding: the address that was checked is the one that is connected, and DNS is asked once', async () => {
    const { asked, resolve } = dns(['127.0.0.1'], ['10.0.0.1']);
    expect(await fetchFrom(server.url('/good', 'client.example'), { resolve })).toEqual({ body: document });
    expect(asked).toEqual(['client.example']);
    // The next exchange asks anew and sees the change.
    const second = guardedFetch({ issuer, resolve }).load(server.url('/good', 'client.example'), 'client-metadata');
    expect(await failure(second)).toMatch(/^refused: /);
  });

  test('a connection that ends up inside all the same is cut before a byte is sent', async () => {
    let received = 0;
    const inside = createServer((socket) => socket.on('data', ({ length }) => (received += length)));
    await once(inside.listen(0, '127.0.0.1'), 'listening');
    const socket = connect((inside.address() as AddressInfo).port, '127.0.0.1');
    refuseSocket(socket, () => false);
    const [error] = (await once(socket, 'error')) as [DocumentError];
    expect(error).toMatchObject({ kind: 'refused' });
    await new Promise((resolve) => inside.close(resolve));
    expect(received).toBe(0);
  });

  test('the certificate must be for the host, not for the address', async () => {
    const { resolve } = dns(['127.0.0.1']);
    expect(await failure(fetchFrom(server.url('/good', 'other.example'), { resolve }))).toMatch(/^unavailable: /);
  });
});

describe('AS-22 AS-25 what is refused', () => {
  test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed', async (status) => {
    const before = server.requests.length;
    const answer = await answerOf((_, response) => response.writeHead(status, { location: server.url('/good') }).end());
    expect(answer).toBe(`invalid: the answer has status ${status}`);
    expect(server.requests).toHaveLength(before + 1);
  });

  test.each([201, 203, 204, 206, 400, 401, 404, 410])('status %i is no document', async (status) => {
    expect(await answerOf((_, response) => response.writeHead(status, typed).end('{}'))).toMatch(/^invalid: /);
  });

  test.each([403, 408, 425, 429, 500, 502, 503, 504])(
    'pain 18: status %i means that it is not there now',
    async (status) => {
      expect(await answerOf((_, response) => response.writeHead(status, typed).end('{}'))).toMatch(/^unavailable: /);
    },
  );

  test.each([
    'text/html',
    'text/json',
    'application/jsonp',
    'application/x-json',
    'text/plain; x=application/json',
    '',
  ])('the type %j', async (type) => {
    const answer = await answerOf((_, response) => response.writeHead(200, { 'content-type': type }).end('{}'));
    expect(answer).toBe('invalid: the answer is not JSON');
  });

  test.each(['[]', 'null', '"text"', '1', '', '{', '{"a":1}{"b":2}', '\ufeff\ufeff{}'])('the body %j', async (body) => {
    expect(await answerOf((_, response) => response.writeHead(200, typed).end(body))).toMatch(/^invalid: /);
  });

  test('bytes that are not UTF-8', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    expect(await answerOf((_, response) => response.writeHead(200, typed).end(body))).toMatch(/^invalid: /);
  });

  test('more than 5 KB, said beforehand', async () => {
    const body = JSON.stringify({ x: 'a'.repeat(5 * 1024) });
    const headers = { ...typed, 'content-length': String(body.length) };
    const answer = await answerOf((_, response) => response.writeHead(200, headers).end(body));
    expect(answer).toBe('invalid: the answer has more than 5120 bytes');
  });

  test('more than 5 KB, sent without end: reading stops and the connection is closed', async () => {
    const closed = Promise.withResolvers<void>();
    const answer = await answerOf((_, response) => {
      response.writeHead(200, typed);
      response.once('close', closed.resolve);
      const more = () => response.write('a'.repeat(1024), () => response.destroyed || setImmediate(more));
      more();
    });
    expect(answer).toBe('invalid: the answer has more than 5120 bytes');
    await closed.promise;
  });

  test('a bomb of compressed zeros', async () => {
    const headers = { ...typed, 'content-encoding': 'gzip' };
    const answer = await answerOf((_, response) => response.writeHead(200, headers).end(gzipSync(Buffer.alloc(1e6))));
    expect(answer).toMatch(/^invalid: .*compressed/);
  });

  const timeout = 150;
  test.each<[string, RequestListener]>([
    ['silent', () => {}],
    ['slow to begin its body', (_, response) => void response.writeHead(200, typed).flushHeaders()],
    [
      'endlessly slow',
      (_, response) => {
        response.writeHead(200, typed);
        const timer = setInterval(() => response.write(' '), 20);
        response.once('close', () => clearInterval(timer));
      },
    ],
  ])('AS-25 a host that is %s is given up in time', async (_, listener) => {
    const start = performance.now();
    expect(await answerOf(listener, { timeout })).toMatch(/^unavailable: /);
    expect(performance.now() - start).toBeLessThan(timeout + 1500);
  });

  test('AS-25 a DNS that is silent is given up in time as well', async () => {
    const resolve = () => new Promise<never>(() => {});
    expect(await failure(fetchFrom('https://client.example/x', { resolve, timeout }))).toMatch(/^unavailable: /);
  });

  test('an answer that breaks off', async () => {
    const headers = { ...typed, 'content-length': '100' };
    const answer = await answerOf((_, response) => {
      response.writeHead(200, headers).write('{"a"');
      setTimeout(() => response.destroy(), 20);
    });
    expect(answer).toMatch(/^unavailable: /);
  });

  test('nobody listens, or the name does not exist', async () => {
    const { resolve } = dns([]);
    expect(await failure(fetchFrom('https://client.example/x', { resolve }))).toMatch(/^unavailable: /);
    const gone = await startDocumentServer();
    await gone.stop();
    expect(await failure(fetchFrom(gone.url('/x')))).toMatch(/^unavailable: /);
  });
});
