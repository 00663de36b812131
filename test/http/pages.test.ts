import { describe, expect, test } from 'vitest';
import { pageSender } from '../../lambdas/http/page-response.ts';
import { html } from '../../lambdas/http/pages/html.ts';
import { layout } from '../../lambdas/http/pages/layout.ts';
import { plainText } from '../../lambdas/http/pages/plain-text.ts';
import { contrast, parse, readableColor } from '../../lambdas/http/pages/readable-color.ts';
import { stylesheet } from '../../lambdas/http/pages/stylesheet.ts';
import { formTargets } from '../../lambdas/http/form-targets.ts';

describe('html', () => {
  test('escapes text and quoted attributes, in lists too', () => {
    const evil = `<&>"'`;
    expect(html`<p title="${evil}">${[evil, html`<b>${evil}</b>`]}</p>`.text).toBe(
      '<p title="&lt;&amp;&gt;&quot;&#39;">&lt;&amp;&gt;&quot;&#39;<b>&lt;&amp;&gt;&quot;&#39;</b></p>',
    );
  });

  test('leaves out what is absent', () => {
    expect(html`${undefined}${false}${0}${''}`.text).toBe('0');
  });
});

describe('plainText makes a stranger’s text fit to stand beside ours', () => {
  test.each([
    ['direction overrides', 'a\u202Eb\u2066c\u200Fd', 'abcd'],
    ['control characters and new lines', 'a\u0000b\r\n\tc', 'ab c'],
    ['invisible characters', 'a\u200Bb\uFEFFc\u00ADd', 'abcd'],
    ['towers of accents', `a${'\u0316'.repeat(50)}`, 'a\u0316\u0316'],
    ['lone surrogates', 'a\uD800b', 'ab'],
    ['length, by characters', '😀'.repeat(100), `${'😀'.repeat(80)}…`],
  ])('%s', (_name, before, after) => {
    expect(plainText(before)).toBe(after);
  });
});

describe('readableColor', () => {
  const backgrounds = ['#ffffff', '#f5f6f8', '#191d23', '#20262e'];
  const accents = ['#ffff00', '#000000', '#ffffff', '#2f5fd0', '#777777', '#ff0000', '#00ff88'];
  test.each(accents)('%s can be read on every background of ours (WCAG AA)', (accent) => {
    for (const background of backgrounds) {
      const color = readableColor(accent, background);
      expect(contrast(parse(color), parse(background))).toBeGreaterThanOrEqual(4.4);
    }
  });

  test('lets no other CSS in', () => {
    for (const attack of ['red;}body{display:none', '#fff;', 'url(https://evil.example)', '</style><script>']) {
      expect(readableColor(attack, '#ffffff')).toMatch(/^#[0-9a-f]{6}$/);
      expect(stylesheet(attack)).not.toContain(attack);
    }
  });

  test('our own inks can be read in both schemes', () => {
    const pairs = [
      ['#1b1f24', '#ffffff'],
      ['#57606a', '#f5f6f8'],
      ['#7a4d00', '#fff6e0'],
      ['#eceff3', '#191d23'],
      ['#a3adba', '#20262e'],
      ['#f4cf85', '#2c2414'],
    ] as const;
    for (const [ink, back] of pairs) {
      expect(stylesheet('#2f5fd0')).toContain(ink);
      expect(contrast(parse(ink), parse(back))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('every page', () => {
  const brand = {
    name: 'A & <b>B</b>',
    accentColor: '#2f5fd0',
    logoUrl: 'https://cdn.example/a.png?"',
    supportEmail: 'x@y.example',
  };
  const page = { title: '<t>', content: html`<h1>Hello</h1>` };

  test('has a language, a viewport, landmarks, one heading, and no script', () => {
    const { text } = layout(brand, page);
    expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/);
    for (const tag of ['<meta name="viewport"', '<header>', '<main>', '<footer>', '<title>&lt;t&gt;']) {
      expect(text).toContain(tag);
    }
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text).not.toMatch(/<script|\son\w+=|style="/);
    expect(text).toContain('A &amp; &lt;b&gt;B&lt;/b&gt;');
  });

  test('allows the image of the team’s own logo, and no other', () => {
    const policy = pageSender(brand, 'https://gate.example')(page).headers.get('content-security-policy');
    expect(policy).toContain('img-src https://cdn.example;');
  });

  test('is not pinned to https over http, which only a laptop uses', () => {
    const { headers } = pageSender(brand, 'http://localhost:3000')(page);
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('is cut off from its opener where the flow ends', () => {
    const send = pageSender(brand, 'https://gate.example');
    expect(send(page, { deadEnd: true }).headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(send(page).headers.get('cross-origin-opener-policy')).toBeNull();
  });
});

describe('formTargets', () => {
  test.each([
    ['https', 'client.example:8443', ['https://client.example:8443']],
    ['https', 'vscode.dev', expect.arrayContaining(['https://vscode.dev', 'vscode:'])],
    ['https', 'claude.ai', expect.arrayContaining(['https://claude.ai', 'claude:'])],
    ['loopback', '127.0.0.1:4000', ['http://127.0.0.1:4000']],
    ['loopback', '[::1]:4000', ['http:']],
    ['private-use', 'cursor://anysphere.cursor-mcp', ['cursor:']],
    ['private-use', 'com.example.app:', ['com.example.app:']],
  ] as const)('%s %s', (kind, host, sources) => {
    expect(formTargets({ kind, host })).toEqual(sources);
  });

  test('a stranger’s host cannot write another directive', () => {
    expect(formTargets({ kind: 'private-use', host: 'x:; script-src *' })).toEqual(['x:']);
  });
});
