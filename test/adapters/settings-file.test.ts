import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { protectedServers, readSettings } from '../../lambdas/adapters/settings-file.ts';
import type { Settings } from '../../lambdas/contract/settings.ts';

const scope = { name: 'todos:read', description: 'See todos', implies: [], tools: ['list_todos'], optional: false };
const settings: Settings = {
  stage: 'development',
  servers: [
    { id: 'todos', name: 'Todos', path: '/mcp', scopes: [scope] },
    { id: 'notes', name: 'Notes', path: '/notes', scopes: [] },
  ],
  lifetimes: {
    accessToken: 3600,
    refreshTokenIdle: 1,
    refreshTokenAbsolute: 1,
    refreshReplayWindow: 120,
    authorizationCode: 60,
    signInTransaction: 600,
    browserSession: 1,
    unusedRegistration: 1,
    grantCache: 60,
  },
  registration: { dynamic: true },
  metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
  allowedOrigins: ['loopback'],
  brand: { name: 'Gatehouse', accentColor: '#123456' },
};

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'settings-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: unknown): URL {
  const path = join(folder, 'settings.json');
  writeFileSync(path, JSON.stringify(content));
  return pathToFileURL(path);
}

test('settings come back as they were written', () => {
  expect(readSettings(file(settings))).toEqual(settings);
});

test('a missing file and a malformed setting stop the function, and the setting is named', () => {
  expect(() => readSettings(pathToFileURL(join(folder, 'none.json')))).toThrow('ENOENT');
  const wrong = { ...settings, stage: 'staging', lifetimes: { ...settings.lifetimes, grantCache: '60' } };
  expect(() => readSettings(file(wrong))).toThrow(/settings\.json: .*stage.*lifetimes\.grantCache/);
});

test('each server has the URL of this deployment, in the order of the settings', () => {
  const urls = { notes: 'https://example.com/notes', todos: 'https://example.com/mcp', other: 'https://example.com/x' };
  expect(protectedServers(settings, urls).map(({ id, resource, scopes }) => [id, resource, scopes.length])).toEqual([
    ['todos', 'https://example.com/mcp', 1],
    ['notes', 'https://example.com/notes', 0],
  ]);
  expect(() => protectedServers(settings, { todos: 'https://example.com/mcp' })).toThrow('notes');
});
