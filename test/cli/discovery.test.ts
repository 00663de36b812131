import { describe, expect, onTestFinished, test } from 'vitest';
import { findResource } from '../../cli/login/find-resource.ts';
import { toldUrl } from '../../cli/login/judge-url.ts';
import { registerClient } from '../../cli/login/register-client.ts';
import { tell } from './told.ts';
import type { Asked, Reply } from './web-server.ts';
import { startWebServer } from './web-server.ts';

/** An MCP server and its authorization server in one, honest but for what a test changes. */
async function houseOf(change: (asked: Asked, url: string) => Reply | undefined) {
  const server = await startWebServer((asked, url) => change(asked, url) ?? honest(asked, url));
  onTestFinished(() => server.stop());
  const login = (...words: string[]) => tell(['login', `${server.url}/mcp`, '--no-browser', '--port', '0', ...words]);
  return { ...server, login };
}

function honest({ path }: Asked, url: string): Reply {
  if (path === '/mcp') return { status: 401, headers: { 'www-authenticate': `Bearer resource_metadata="${url}/prm"` } };
  if (path === '/prm' || path === '/.well-known/oauth-protected-resource/mcp') {
    return { json: { resource: `${url}/mcp`, authorization_servers: [url], scopes_supported: ['a', 'b'] } };
  }
  if (path === '/.well-known/oauth-authorization-server') {
    return { json: metadata(url) };
  }
  if (path === '/register') return { status: 201, json: { client_id: 'registered' } };
  return { status: 404 };
}

const metadata = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  registration_endpoint: `${url}/register`,
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
});

/** The authorization URL that was printed. */
const printed = (notes: string) => new URL(/^ {2}(http\S+)$/m.exec(notes)?.[1] ?? 'missing:');

describe('F-B7 from the URL of an MCP server to an authorization URL', () => {
  test('by the challenge; PKCE, state, resource and what the metadata asks for', async () => {
    const { login, url } = await houseOf(() => undefined);
    const { code, out, notes } = await login('--timeout', '1');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(notes).toContain('Nobody signed in within 1 seconds.');
    const asked = Object.fromEntries(printed(notes).searchParams);
    expect(asked).toMatchObject({
      resource: `${url}/mcp`,
      code_challenge_method: 'S256',
      client_id: 'registered',
      scope: 'a b',
      response_type: 'code',
    });
    expect(asked['code_challenge']).toHaveLength(43);
    expect(asked['state']?.length).toBeGreaterThan(30);
    expect(asked['redirect_uri']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  test('by the well-known path where the challenge names nothing, with the scope that it names', async () => {
    const { login, asked } = await houseOf(({ path }) =>
      path === '/mcp' ? { status: 401, headers: { 'www-authenticate': 'Bearer realm="x", scope="a"' } } : undefined,
    );
    const { notes } = await login('--timeout', '1');
    expect(printed(notes).searchParams.get('scope')).toBe('a');
    expect(asked.map(({ path }) => path)).toContain('/.well-known/oauth-protected-resource/mcp');
  });

  test('OpenID discovery where there is no other; --scope and --client-id as given', async () => {
    const { login, asked } = await houseOf(({ path }, url) => {
      if (path === '/.well-known/oauth-authorization-server') return { status: 403, json: {} };
      return path === '/.well-known/openid-configuration' ? { json: metadata(url) } : undefined;
    });
    const { notes } = await login('--timeout', '1', '--scope', 'b', '--client-id', 'mine');
    expect(printed(notes).searchParams.get('client_id')).toBe('mine');
    expect(printed(notes).searchParams.get('scope')).toBe('b');
    expect(asked.some(({ path }) => path === '/register')).toBe(false);
  });
});

describe('F-B7 what a server cannot make us do', () => {
  const prm = (json: (url: string) => object) => (asked: Asked, url: string) =>
    asked.path === '/prm' ? { json: json(url) } : undefined;
  const server = (change: (url: string) => object) => (asked: Asked, url: string) =>
    asked.path === '/.well-known/oauth-authorization-server'
      ? { json: { ...metadata(url), ...change(url) } }
      : undefined;

  test.each([
    [
      'get a token for another resource',
      prm((url) => ({ resource: 'https://bank.example/mcp', authorization_servers: [url] })),
      'says that it is https://bank.example/mcp',
    ],
    [
      'send us to an authorization server in the clear',
      prm((url) => ({ resource: `${url}/mcp`, authorization_servers: ['http://thief.example'] })),
      'names something as authorization server that is no https URL',
    ],
    ['name no authorization server', prm((url) => ({ resource: `${url}/mcp` })), 'authorization server'],
    ['pass for another issuer', server(() => ({ issuer: 'https://honest.example' })), 'cannot be read'],
    ['open a file', server(() => ({ authorization_endpoint: 'file:///etc/passwd' })), 'authorization endpoint'],
    ['run a script', server(() => ({ authorization_endpoint: 'javascript:alert(1)' })), 'authorization endpoint'],
    [
      'talk in the clear',
      server(() => ({ authorization_endpoint: 'http://thief.example/' })),
      'authorization endpoint',
    ],
    ['register us in the clear', server(() => ({ registration_endpoint: 'http://thief.example/' })), 'registration'],
    ['do without PKCE', server(() => ({ code_challenge_methods_supported: ['plain'] })), 'offers no PKCE'],
    [
      'lead us on by a redirect',
      ({ path }: Asked) =>
        path === '/prm' ? { status: 302, headers: { location: 'http://127.0.0.1:9/' } } : undefined,
      'does not say who gives one',
    ],
    [
      'name metadata in the clear',
      ({ path }: Asked) =>
        path === '/mcp'
          ? { status: 401, headers: { 'www-authenticate': 'Bearer resource_metadata="http://thief.example/"' } }
          : undefined,
      'resource_metadata',
    ],
  ])('F-B7 a server cannot %s', async (_what, change, message) => {
    const { login } = await houseOf(change);
    const { code, out, notes } = await login('--timeout', '1');
    expect(notes).toContain(message);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(notes).not.toContain('to sign in:');
  });
});

describe('F-B7 a server elsewhere leads nowhere on this machine', () => {
  // The host that is not spelled as this machine, and is it all the same, stands in for one elsewhere.
  const elsewhere = (url: string) => url.replace('127.0.0.1', '0.0.0.0');
  const { signal } = new AbortController();

  test('by the place of its metadata', async () => {
    const { url, asked } = await houseOf(() => undefined);
    await expect(findResource(new URL(`${elsewhere(url)}/mcp`), signal)).rejects.toThrow('on this machine');
    expect(asked.map(({ path }) => path)).toEqual(['/mcp']);
  });

  test('by its authorization server', async () => {
    const { url, asked } = await houseOf(({ path }, here) => {
      if (path === '/mcp') return { status: 401 };
      return { json: { resource: `${elsewhere(here)}/mcp`, authorization_servers: [here] } };
    });
    await expect(findResource(new URL(`${elsewhere(url)}/mcp`), signal)).rejects.toThrow('on this machine');
    expect(asked).toHaveLength(2);
  });

  test('by an endpoint of its authorization server', async () => {
    const { url, asked } = await houseOf(() => undefined);
    const server = { issuer: 'https://thief.example', registration_endpoint: `${url}/register` };
    await expect(registerClient(server, signal)).rejects.toThrow('on this machine');
    expect(asked).toEqual([]);
  });

  test.each(['http://localhost:631/', 'https://127.0.0.1:8443/', 'http://[::1]/'])('not to %s either', (place) => {
    const judge = (teller: string) => toldUrl(place, 'resource_metadata', new URL(teller)).href;
    expect(() => judge('https://mcp.example.com/mcp')).toThrow('mcp.example.com names something on this machine');
    expect(judge('http://localhost:8787/mcp')).toBe(place);
  });
});

describe('F-B7 dead ends say what helps', () => {
  test.each([
    ['needs no token', ({ path }: Asked) => (path === '/mcp' ? { json: {} } : undefined), 'nothing to sign in to'],
    ['is no MCP server', ({ path }: Asked) => (path === '/mcp' ? { status: 404 } : undefined), 'Is this the MCP URL'],
    [
      'lets nobody register',
      ({ path }: Asked, url: string) =>
        path === '/.well-known/oauth-authorization-server'
          ? { json: { ...metadata(url), registration_endpoint: undefined } }
          : undefined,
      'give --client-id',
    ],
    [
      'refuses to register',
      ({ path }: Asked) =>
        path === '/register'
          ? { status: 401, json: { error: 'invalid_token', error_description: 'an initial access token is needed' } }
          : undefined,
      'an initial access token is needed',
    ],
  ])('a server that %s', async (_what, change, message) => {
    const { login } = await houseOf(change);
    const told = await login('--timeout', '1');
    expect(told.notes).toContain(message);
    expect(told).toMatchObject({ code: 1, out: '' });
  });

  test('no device flow', async () => {
    const { login } = await houseOf(() => undefined);
    expect((await login('--device')).notes).toContain('Leave --device out.');
  });

  test('interrupted while it waits: 130', async () => {
    const { url } = await houseOf(() => undefined);
    const words = ['login', `${url}/mcp`, '--no-browser', '--port', '0'];
    const told = await tell(words, { interrupted: AbortSignal.timeout(800) });
    expect(told).toMatchObject({ code: 130, out: '' });
    expect(told.notes).toContain('Interrupted.');
  });
});
