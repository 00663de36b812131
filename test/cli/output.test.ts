import { describe, expect, test } from 'vitest';
import { details } from '../../cli/output/details.ts';
import { list } from '../../cli/output/list.ts';
import { plain, plainJson } from '../../cli/output/plain.ts';
import { table } from '../../cli/output/table.ts';
import { fit, width } from '../../cli/output/width.ts';
import { adminResources } from '../../lambdas/contract/admin/resources.ts';

/** Clears the screen, turns text around, hides, ends a line, and a C1 control sequence introducer. */
const hostile = 'a\u001b[2J\u202eb\u200bc\nd\u009b31me\u0007\ud800\u2028';
// eslint-disable-next-line no-control-regex
const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ud800-\udfff]/;

describe('F-D5 what a server says cannot drive the terminal', () => {
  test('in text', () => {
    expect(plain(hostile)).toBe('a\\u001b[2J\\u202eb\\u200bc\\u000ad\\u009b31me\\u0007\\ud800\\u2028');
  });

  test('in JSON, which still means the same', () => {
    const value = { [hostile]: [hostile, 'plain', 1] };
    expect(plainJson(value)).not.toMatch(raw);
    expect(JSON.parse(plainJson(value))).toEqual(value);
  });

  test('in lists and details', () => {
    const row = { client: hostile, clientName: hostile, kind: hostile, registeredAt: hostile, redirectUris: [hostile] };
    expect(list(adminResources.clients, [row])).not.toMatch(raw);
    expect(details(adminResources.clients, row)).not.toMatch(raw);
    expect(details(adminResources.overview, { hours: [{ [hostile]: hostile }], days: hostile })).not.toMatch(raw);
    expect(details(adminResources.servers, { paste: [{ text: hostile, where: 'x' }] })).not.toMatch(raw);
  });
});

describe('tables', () => {
  const columns = [{ title: 'Id', whole: true }, { title: 'Name' }, { title: 'Kind' }];
  const rows = [
    ['dcr_0123456789', 'A very long name that nobody needs to read to its end', 'dynamic'],
    ['x', '日本語の名前', ''],
  ];

  test('outside a terminal nothing is cut off', () => {
    expect(table(columns, rows)).toBe(
      [
        'ID              NAME                                                   KIND',
        'dcr_0123456789  A very long name that nobody needs to read to its end  dynamic',
        'x               日本語の名前',
      ].join('\n'),
    );
  });

  test.each([40, 60, 80])('in a terminal of %i columns no line is wider, and keys stay whole', (terminal) => {
    const lines = table(columns, rows, terminal).split('\n');
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(terminal);
    expect(lines[1]).toMatch(/^dcr_0123456789 /);
  });

  test('the last columns go where even little is too much', () => {
    const wide = Array.from({ length: 9 }, (_, index) => ({ title: `Column number ${index}` }));
    const [heading = ''] = table(wide, [wide.map(({ title }) => title)], 40).split('\n');
    expect(width(heading)).toBeLessThanOrEqual(40);
    expect(heading).toContain('…');
  });

  test('a key wider than the terminal is still whole', () => {
    const key = 'https://client.example/'.repeat(5);
    expect(table(columns, [[key, 'Name', '']], 40)).toContain(key);
  });

  test('wide and combining characters count as the terminal counts them', () => {
    expect(width('日本')).toBe(4);
    expect(width('e\u0301')).toBe(1);
    expect(width('🙂')).toBe(2);
    expect(fit('日本語', 4)).toBe('日… ');
  });
});

describe('lists and details by the table of resources', () => {
  const row = {
    session: 'abc',
    clientName: 'Todo app',
    servers: ['todo', 'mail'],
    startedAt: '2027-01-31T12:34:56Z',
    scopes: ['todo:read'],
    unknown: 'is not shown',
  };

  test('a list begins with the key and leaves empty columns out', () => {
    expect(list(adminResources.sessions, [row])).toBe(
      ['SESSION  CLIENT    SERVERS     STARTED', 'abc      Todo app  todo, mail  2027-01-31 12:34Z'].join('\n'),
    );
    expect(list(adminResources.sessions, [])).toBe('No sessions.');
  });

  test('details go line by line, several values below each other', () => {
    expect(details(adminResources.sessions, row)).toBe(
      [
        'Session  abc',
        'Client   Todo app',
        'Servers  todo',
        '         mail',
        'Started  2027-01-31 12:34Z',
        'Scopes   todo:read',
      ].join('\n'),
    );
  });

  test('series are tables of what happened, texts of several lines are blocks', () => {
    const hours = [
      { from: '2027-01-31T12:00:00Z', signIns: 0, tokens: 0 },
      { from: '2027-01-31T13:00:00Z', signIns: 2, tokens: 0 },
    ];
    expect(details(adminResources.overview, { hours })).toBe(
      ['Last 24 hours', 'FROM               SIGN INS  TOKENS', '2027-01-31 13:00Z  2         0'].join('\n'),
    );
    expect(details(adminResources.servers, { paste: [{ client: 'Cursor', text: '{\n  "a": 1\n}' }] })).toBe(
      ['To paste', 'client: Cursor', 'text:', '  {', '    "a": 1', '  }'].join('\n'),
    );
  });
});
