import { describe, expect, test } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from '../../../lambdas/adapters/guarded-fetch/public-address.ts';

// First and last address of each special-use range of RFC 6890 and the IANA registries that continue it.
const special = [
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private use', '10.0.0.0', '10.255.255.255'],
  ['shared address space', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.0', '127.255.255.255'],
  ['link local', '169.254.0.0', '169.254.255.255'],
  ['metadata service of a cloud', '169.254.169.254', 'fd00:ec2::254'],
  ['private use', '172.16.0.0', '172.31.255.255'],
  ['IETF protocol assignments', '192.0.0.0', '192.0.0.255'],
  ['documentation', '192.0.2.0', '192.0.2.255'],
  ['AS112', '192.31.196.0', '192.31.196.255'],
  ['AMT', '192.52.193.0', '192.52.193.255'],
  ['6to4 relay', '192.88.99.0', '192.88.99.255'],
  ['private use', '192.168.0.0', '192.168.255.255'],
  ['AS112', '192.175.48.0', '192.175.48.255'],
  ['benchmarking', '198.18.0.0', '198.19.255.255'],
  ['documentation', '198.51.100.0', '198.51.100.255'],
  ['documentation', '203.0.113.0', '203.0.113.255'],
  ['multicast', '224.0.0.0', '239.255.255.255'],
  ['reserved and broadcast', '240.0.0.0', '255.255.255.255'],
  ['unspecified and loopback', '::', '::1'],
  ['compatible with IPv4', '::127.0.0.1', '::8.8.8.8'],
  ['mapped', '::ffff:127.0.0.1', '::ffff:8.8.8.8'],
  ['mapped, in hexadecimal', '::ffff:7f00:1', '::ffff:0808:0808'],
  ['translated', '::ffff:0:127.0.0.1', '::ffff:0:8.8.8.8'],
  ['NAT64', '64:ff9b::10.0.0.1', '64:ff9b::8.8.8.8'],
  ['local NAT64', '64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['discard only', '100::', '100::ffff:ffff:ffff:ffff'],
  ['Teredo', '2001::', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['benchmarking', '2001:2::', '2001:2:0:ffff:ffff:ffff:ffff:ffff'],
  ['ORCHID', '2001:10::', '2001:2f:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['documentation', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['6to4', '2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['6to4 of a private address', '2002:7f00:1::', '2002:a00:1::'],
  ['AS112', '2620:4f:8000::', '2620:4f:8000:ffff:ffff:ffff:ffff:ffff'],
  ['documentation', '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['segment routing', '5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['unique local', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['link local', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['link local with a zone', 'fe80::1%eth0', '2606:4700::1%eth0'],
  ['site local', 'fec0::', 'feff::'],
  ['multicast', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
] as const;

// The neighbours just outside of the ranges.
const everyday = [
  '1.0.0.0',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.0.3.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '203.0.114.0',
  '223.255.255.255',
  '2001:200::1',
  '2001:db7::1',
  '2001:db9::1',
  '2003::1',
  '2606:4700::1111',
  '2a00:1450::1',
];

describe('AS-24 special-use addresses', () => {
  test.each(special)('%s: %s to %s are refused', (_, first, last) => {
    expect([first, last].map(isPublicAddress)).toEqual([false, false]);
  });

  test.each(everyday)('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each(['', 'localhost', '8.8.8', '8.8.8.8.8', '08.8.8.8', '0x08080808', '134744072', '8.8.8.8 '])(
    '%j is no address, so it is refused',
    (text) => {
      expect([isPublicAddress(text), isLoopbackAddress(text)]).toEqual([false, false]);
    },
  );

  test('loopback is 127.0.0.0/8 and ::1, and nothing that hides it', () => {
    expect(['127.0.0.1', '127.255.255.255', '::1'].map(isLoopbackAddress)).toEqual([true, true, true]);
    const hidden = ['::ffff:127.0.0.1', '::127.0.0.1', '64:ff9b::127.0.0.1', '2002:7f00:1::', '126.0.0.1', '::2'];
    expect(hidden.filter(isLoopbackAddress)).toEqual([]);
  });
});
