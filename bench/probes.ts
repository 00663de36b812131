import { AdminApi } from '../test/rig/admin-api.ts';
import type { Gatehouse } from '../test/rig/gatehouse.ts';
import { callMcp } from '../test/rig/mcp-call.ts';
import { OAuthClient } from '../test/rig/oauth-client.ts';
import { Person } from '../test/rig/person.ts';

/** What is measured. Each does its request once and says how many milliseconds it took. */
export type Probe = keyof Awaited<ReturnType<typeof openHouse>>;

const pages = [
  '',
  '/sessions',
  '/clients',
  '/clients/new',
  '/consents',
  '/keys',
  '/keys/new',
  '/people',
  '/people/admin',
  '/servers',
  '/servers/todo',
  '/signing-keys',
  '/audit',
] as const;
const hello = {
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
};

/** Rows of a page of the console. */
const pageLength = 25;

/**
 * A Gatehouse with a client, people who allowed it, API keys, and an administrator who is signed in: enough of all to
 * fill a page, because what is measured is the size of the store, not that of a page.
 */
export async function openHouse({ baseUrl, mcpUrls }: Pick<Gatehouse, 'baseUrl' | 'mcpUrls'>) {
  const [mcpUrl = ''] = Object.values(mcpUrls);
  const client = await OAuthClient.register(baseUrl);
  const person = new Person();
  let { refreshToken } = await client.signIn({ person });
  const administrator = new Person('admin');
  const first = await administrator.open(`${baseUrl}/admin`);
  await administrator.signIn(first);
  const api = await AdminApi.signIn(baseUrl);
  let keys = 0;
  const makeKey = async (): Promise<string> => {
    const input = { name: `Bench ${++keys}`, servers: ['todo'], permissions: ['read'], expires: '7d' };
    const { body } = await api.call('POST', '/keys', input);
    return String(body['secret']);
  };

  for (let count = 1; count < pageLength; count++) {
    await client.signIn({ person: new Person() });
    await OAuthClient.register(baseUrl);
    await makeKey();
  }

  const page = (path: string) => () =>
    timed(async () => {
      const { status } = await administrator.open(`${baseUrl}/admin${path}`);
      if (status !== 200) throw new Error(`${path}: ${status}`);
    });

  return {
    authorize: () => timed(() => person.open(client.start().url)),
    async 'token: code'() {
      const attempt = client.start();
      const landing = await person.authorize(attempt.url);
      return timed(() => client.redeem(attempt, landing));
    },
    'token: refresh': () =>
      timed(async () => {
        const { body } = await client.refresh(refreshToken);
        refreshToken = String(body['refresh_token']);
      }),
    async 'guard, first call of a grant'() {
      const { accessToken } = await client.signIn({ person });
      return timed(() => callMcp(mcpUrl, accessToken, hello));
    },
    async 'guard, first call of an API key'() {
      const key = await makeKey();
      return timed(async () => {
        const { status } = await callMcp(mcpUrl, key, hello);
        if (status !== 200) throw new Error(`API key: ${status}`);
      });
    },
    register: () => timed(() => OAuthClient.register(baseUrl)),
    'console /admin/clients/<one>': page(`/clients/${client.clientId}`),
    'account /account': () => timed(() => person.open(`${baseUrl}/account`)),
    ...(Object.fromEntries(pages.map((path) => [`console /admin${path}`, page(path)])) as Record<
      `console /admin${(typeof pages)[number]}`,
      () => Promise<number>
    >),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
