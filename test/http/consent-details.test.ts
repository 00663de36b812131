import { describe, expect, test } from 'vitest';
import type { ConsentView } from '../../lambdas/core/authorize/consent-view.ts';
import { consentView } from '../../lambdas/core/authorize/consent-view.ts';
import { consentPage } from '../../lambdas/http/pages/consent-page.ts';
import { mail, publicClient, servers, todos } from '../core/fixtures.ts';
import { readForms } from '../rig/html-forms.ts';

const request = {
  clientId: 'client-1',
  redirectUri: 'https://client.example/cb',
  codeChallenge: 'c',
  resources: [todos.resource, mail.resource],
  scopes: ['todos:read', 'todos:write', 'mail:send'],
};

function show(view: ConsentView): string {
  const person = { sub: 'p', authTime: 1 };
  return consentPage({ view, person, transactionId: 't', csrf: 'c' }).content.text;
}

const text = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

function withDetails(...authorizationDetails: ConsentView['authorizationDetails']): string {
  return show(consentView({ ...request, authorizationDetails }, publicClient, servers));
}

describe('AS-54 authorization details on the consent page', () => {
  test('type and members, words as words, the rest as JSON', () => {
    const page = withDetails({
      type: 'mcp_tools',
      tools: ['list', 'get'],
      path: 'a/b',
      limits: { perHour: 3 },
      all: true,
    });
    expect(text(page)).toMatch(/mcp_tools tools list, get path a\/b limits \{&quot;perHour&quot;:3\} all true/);
  });

  test('nothing is cut, however long', () => {
    const path = `${'x/'.repeat(1900)}end`;
    expect(withDetails({ type: 'folder', path })).toContain(path);
  });

  test.each(['type', 'name of a member', 'value', 'nested name', 'nested value'])('a %s is escaped', (where) => {
    const attack = `"'><script>alert(1)</script>\u202E`;
    const detail = {
      type: { type: attack },
      'name of a member': { type: 'x', [attack]: 1 },
      value: { type: 'x', a: attack },
      'nested name': { type: 'x', a: { [attack]: 1 } },
      'nested value': { type: 'x', a: [{ b: attack }] },
    }[where];
    const page = withDetails(detail as ConsentView['authorizationDetails'][number]);
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202E');
    expect(page).toContain('&lt;script&gt;');
  });

  test('F-E5 the type that narrows to paths is told in words, each path by itself', () => {
    const page = withDetails({ type: 'mcp_paths', paths: ['workspace/a, b', 'c'], locations: [todos.resource] });
    expect(text(page)).toContain(`Only below these paths workspace/a, b c at ${todos.resource}`);
    const odd = withDetails({ type: 'mcp_paths', paths: '<b>' });
    expect(odd).not.toContain('<b>');
  });

  test('without any there is no such section', () => {
    expect(show(consentView(request, publicClient, servers))).not.toContain('in the words of the app');
  });
});

describe('AS-49 a page for several servers', () => {
  test('groups by server, and no tick or id stands twice', () => {
    const page = show(consentView(request, publicClient, servers));
    expect(text(page)).toMatch(/Todos: It will be able to .* Mail: It will be able to/);
    const ticks = readForms(page)[0]
      ?.fields.filter(({ name }) => name === 'scope')
      .map(({ value }) => value);
    expect(ticks).toEqual([`${todos.resource} todos:write`, `${mail.resource} mail:send`]);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('F-E3 a page for a step-up', () => {
  const recalled = [
    { server: todos, fresh: ['todos:write'], kept: ['todos:read'], isSettled: false },
    { server: mail, fresh: [], kept: ['mail:send'], isSettled: true },
  ];
  const page = show(consentView(request, publicClient, servers, recalled));

  test('lists what was allowed, and asks about what is new', () => {
    expect(text(page)).toMatch(
      /Todos: You already allowed it to May todos:read .* Todos: Now it asks to May todos:write/,
    );
    expect(text(page)).toMatch(/Mail: You already allowed it to May mail:send/);
    expect(text(page)).not.toContain('Mail: Now it asks to');
  });

  test('has hidden ticks for the one and visible ones for the other', () => {
    const fields = readForms(page)[0]?.fields.filter(({ name }) => name === 'scope') ?? [];
    expect(fields.map(({ type, value }) => [type, value])).toEqual([
      ['hidden', `${todos.resource} todos:read`],
      ['checkbox', `${todos.resource} todos:write`],
      ['hidden', `${mail.resource} mail:send`],
    ]);
  });
});

describe('F-E1 F-E5 what people read before they allow', () => {
  test('a wider scope says which narrower ones come with it, and the tools of all', () => {
    const page = text(show(consentView({ ...request, resources: [todos.resource] }, publicClient, servers)));
    expect(page).toMatch(/todos:write · optional\. Includes todos:read \. Tools: tool todos:read, tool todos:write/);
    expect(page).not.toMatch(/todos:read · required\. Includes/);
  });

  test('paths to which the app limits itself stand each by itself, escaped', () => {
    const page = withDetails({ type: 'mcp_paths', paths: ['workspace/acme', 'a, b/<i>'], locations: [todos.resource] });
    expect(text(page)).toContain(`Only below these paths workspace/acme a, b/&lt;i&gt; at ${todos.resource}`);
    expect(page).not.toContain('in the words of the app');
  });

  test('the page says where it can be taken back', () => {
    const view = consentView(request, publicClient, servers);
    const { footer } = consentPage({ view, person: { sub: 'p', authTime: 1 }, transactionId: 't', csrf: 'c' });
    expect(String(footer)).toContain('href="account"');
  });
});
