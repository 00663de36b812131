import { expect, test } from 'vitest';
import { isHostAllowed } from '../../../lambdas/core/metadata-document/host-policy.ts';

const [claude, wild, other] = ['https://claude.ai/a', 'https://a.b.corp.example/a', 'https://other.example/a'];

test.each([
  [{ allowHosts: [], denyHosts: [] }, [claude, wild, other]],
  [{ allowHosts: ['claude.ai'], denyHosts: [] }, [claude]],
  [{ allowHosts: ['CLAUDE.ai', '*.corp.example'], denyHosts: [] }, [claude, wild]],
  [{ allowHosts: [], denyHosts: ['*.corp.example'] }, [claude, other]],
  [{ allowHosts: ['*.corp.example'], denyHosts: ['a.b.corp.example'] }, []],
  [{ allowHosts: ['b.corp.example', 'ai', '*.claude.ai'], denyHosts: [] }, []],
])('%j lets in %j', (policy, allowed) => {
  expect([claude, wild, other].filter((url) => isHostAllowed(url, { enabled: true, ...policy }))).toEqual(allowed);
});

test('a list cannot be walked around by another spelling of the host', () => {
  const deny = { enabled: true, allowHosts: [], denyHosts: ['claude.ai', '*.corp.example', '127.0.0.1'] };
  const spellings = [
    'https://CLAUDE.AI/a',
    'https://claude.ai./a',
    'https://claude.ai:444/a',
    'https://A.corp.example/',
  ];
  expect(
    [...spellings, 'https://2130706433/a', 'https://%63laude.ai/a'].filter((url) => isHostAllowed(url, deny)),
  ).toEqual([]);
  expect(isHostAllowed('https://corp.example/a', deny)).toBe(true);
  expect(isHostAllowed('https://evilcorp.example/a', deny)).toBe(true);
});
