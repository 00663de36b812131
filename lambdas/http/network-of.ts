/**
 * What one customer of a provider has at least: an IPv4 address, or the /64 of an IPv6 address. Whatever is no address
 * is one network of its own, by its first characters.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(':')) return address.slice(0, 64);
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const gap =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const parts = [...before, ...gap, ...after].slice(0, 4);
  return parts.map((part) => part.replace(/^0+(?=.)/, '')).join(':');
}
