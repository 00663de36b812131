/**
 * An ECDSA signature as JWS wants it: R and S side by side, each left-padded to `size` bytes (RFC 7518 §3.4).
 * @param der `SEQUENCE { INTEGER r, INTEGER s }` (RFC 3279 §2.2.3); lengths below 128 as for P-256
 * @throws Error if the bytes are anything else
 */
export function derToRawSignature(der: Uint8Array, size: number): Uint8Array {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) throw malformed();
  const r = integerAt(der, 2);
  const s = integerAt(der, r.end);
  if (s.end !== der.length) throw malformed();
  const raw = new Uint8Array(2 * size);
  [r.bytes, s.bytes].forEach((bytes, index) => {
    if (bytes.length > size) throw malformed();
    raw.set(bytes, (index + 1) * size - bytes.length);
  });
  return raw;
}

function integerAt(der: Uint8Array, start: number): { bytes: Uint8Array; end: number } {
  const length = der[start + 1] ?? 0;
  const end = start + 2 + length;
  if (der[start] !== 0x02 || length === 0 || end > der.length) throw malformed();
  // DER integers are signed: a leading zero keeps a high bit from meaning a negative number.
  const from = der[start + 2] === 0 && length > 1 ? start + 3 : start + 2;
  return { bytes: der.subarray(from, end), end };
}

function malformed(): Error {
  return new Error('not a DER signature');
}
