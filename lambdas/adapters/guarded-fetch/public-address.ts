import { BlockList, isIPv4, isIPv6 } from 'node:net';

// RFC 6890 with the IANA registries of special-purpose addresses, which continue it.
const special4 = blockList('ipv4', [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private use
  '100.64.0.0/10', // shared address space
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link local, with the metadata services of clouds
  '172.16.0.0/12', // private use
  '192.0.0.0/24', // IETF protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private use
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved and limited broadcast
]);

// Everything outside of it is special: loopback, mapped, NAT64, unique local, link local, multicast.
const unicast6 = blockList('ipv6', ['2000::/3']);

const special6 = blockList('ipv6', [
  '2001::/23', // IETF protocol assignments: Teredo, benchmarking, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which wraps an IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
]);

const loopback4 = blockList('ipv4', ['127.0.0.0/8']);
const loopback6 = blockList('ipv6', ['::1/128']);

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', prefix] = subnet.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}

/** Whether an IP address belongs to the machine that asks. */
export function isLoopbackAddress(address: string): boolean {
  return isIPv4(address) ? loopback4.check(address, 'ipv4') : isPlainIPv6(address) && loopback6.check(address, 'ipv6');
}

/** Whether an IP address is reachable by everybody: none of the special-use ones of RFC 6890 (AS-24). */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address, 'ipv4');
  return isPlainIPv6(address) && unicast6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}

/** With a zone it is link local, whatever it looks like. */
function isPlainIPv6(address: string): boolean {
  return isIPv6(address) && !address.includes('%');
}
