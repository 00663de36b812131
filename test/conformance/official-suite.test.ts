import { expect, inject, onTestFinished, test } from 'vitest';
import { ClientProcess, freePort } from '../rig/client-process.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const script = '@modelcontextprotocol/conformance/dist/index.js';

const revisions = ['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'];

// Metadata and code grant: a scenario that was skipped counts nothing, so fewer than two is not a pass.
const bothScenarios = /Total: (?:[2-9]|[1-9]\d+) passed, 0 failed/;

async function runSuite(args: readonly string[]): Promise<ClientProcess> {
  const port = await freePort();
  const redirectUri = `http://127.0.0.1:${port}/callback`;
  const { clientId } = await OAuthClient.register(baseUrl, { redirect_uris: [redirectUri] });
  const own = ['--url', baseUrl, '--client-id', clientId, '-p', String(port)];
  const suite = new ClientProcess(script, ['authorization', ...own, ...args]);
  onTestFinished(() => suite.stop());
  const [authorizationUrl] = await suite.waitFor(/http:\S+\/authorize\?\S+/);
  const landing = await new Person().authorize(authorizationUrl);
  await suite.waitFor(/Callback server started/);
  expect((await fetch(landing)).status).toBe(200);
  expect(await suite.end(), suite.stdout + suite.stderr).toBe(0);
  return suite;
}

test.each(revisions)('the official suite finds no fault in the authorization server: %s', async (revision) => {
  const suite = await runSuite(['--spec-version', revision]);
  expect(suite.stdout).toMatch(bothScenarios);
});

test('AS-47 the official suite finds no fault when it asks for a resource', async () => {
  const suite = await runSuite(['--spec-version', '2026-07-28', '--resource', mcpUrls['todo'] ?? '']);
  expect(suite.stdout).toMatch(bothScenarios);
});
