import { describe, expect, test } from 'vitest';
import { administratorsOf } from '../../lib/administrators-of.ts';
import { settingsOf } from '../../lib/settings-of.ts';
import { todoServer } from '../apps/todo-server.ts';
import { synthesize } from './synthesize.ts';

const identity = {
  issuer: 'https://login.example.com',
  clientId: 'gatehouse',
  clientSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:login-AbCdEf',
};

type Props = Parameters<typeof administratorsOf>[0];

describe('F-D5 who administers', () => {
  test('with the user pool of the stack: two groups of the pool, and nobody by address', () => {
    expect(settingsOf({ servers: [todoServer] }).administrators).toEqual({
      emails: [],
      groups: ['gatehouse-admins'],
      readerEmails: [],
      readerGroups: ['gatehouse-readers'],
      groupsClaim: 'cognito:groups',
    });
  });

  test('with another identity provider: nobody until somebody is named', () => {
    expect(settingsOf({ servers: [todoServer], identity })).not.toHaveProperty('administrators');
    expect(administratorsOf({ identity, administratorGroups: ['ops'], readerEmails: ['A@b.example'] })).toEqual({
      administrators: {
        emails: [],
        groups: ['ops'],
        readerEmails: ['a@b.example'],
        readerGroups: [],
        groupsClaim: 'groups',
      },
      refusals: [],
    });
  });

  test('a team may have nobody administer', () => {
    expect(administratorsOf({ administratorGroups: [], readerGroups: [] })).toEqual({ refusals: [] });
  });

  test('the claim is the team’s to name', () => {
    const { administrators } = administratorsOf({
      identity,
      administratorGroups: ['a'],
      groupsClaim: 'https://x/roles',
    });
    expect(administrators?.groupsClaim).toBe('https://x/roles');
  });

  const wrong: [string, Props, RegExp][] = [
    ['an address without a host', { administratorEmails: ['a@b.c', 'root'] }, /^administratorEmails\[1\] is "root"/],
    ['two addresses in one', { readerEmails: ['a@b.example, c@d.example'] }, /^readerEmails\[0\] is /],
    ['an address twice', { administratorEmails: ['a@b.c', 'A@B.C'] }, /^administratorEmails\[1\] .* stands here once$/],
    ['a group without a name', { administratorGroups: [''] }, /^administratorGroups\[0\] is ""/],
    ['a group with spaces around', { readerGroups: [' ops'] }, /^readerGroups\[0\] is " ops"/],
    ['a group with a line break', { readerGroups: ['a\nb'] }, /^readerGroups\[0\] is /],
    ['a claim without a name', { groupsClaim: '' }, /^groupsClaim is ""; allowed: a name without spaces/],
  ];
  test.each(wrong)('%s is refused before anything is built', (_, props, message) => {
    expect(administratorsOf(props).refusals).toEqual([expect.stringMatching(message)]);
    const refused = () => settingsOf({ servers: [todoServer], ...props });
    expect(refused).toThrow(/^Gatehouse cannot be built:\n- \w+/);
  });

  test('the groups are made in the pool of the stack, and in no other', () => {
    const names = (props: Props) =>
      synthesize(props)
        .of('AWS::Cognito::UserPoolGroup')
        .map(([, { Properties }]) => Properties['GroupName'] as string)
        .sort();
    expect(names({})).toEqual(['gatehouse-admins', 'gatehouse-readers']);
    expect(names({ administratorGroups: ['ops', 'sre'], readerGroups: ['ops'] })).toEqual(['ops', 'sre']);
    expect(names({ identity, administratorGroups: ['ops'] })).toEqual([]);
  });
});
