/** Header name and its values, in the order of sending. */
export type Headers = Readonly<Record<string, readonly string[]>>;

/**
 * Response headers of an integration that API Gateway does not pass on under their own name ("Important notes" of its
 * documentation). `WWW-Authenticate` is among them: only a gateway response can set it.
 */
const remapped = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);
const dropped = new Set(['te', 'transfer-encoding', 'keep-alive']);

/** What becomes of an integration's response headers on their way to the client. */
export function clientHeaders(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, values]): [string, readonly string[]][] => {
      const lower = name.toLowerCase();
      if (dropped.has(lower)) return [];
      return [[remapped.has(lower) ? `x-amzn-remapped-${lower}` : name, values]];
    }),
  );
}

/** Joins `headers` and `multiValueHeaders` of a proxy response; for a name in both, the list wins. */
export function joinHeaders(
  single: Readonly<Record<string, unknown>> | undefined,
  multiple: Readonly<Record<string, readonly unknown[]>> | undefined,
): Headers {
  const joined = new Map<string, [string, readonly string[]]>();
  for (const [name, value] of Object.entries(single ?? {})) joined.set(name.toLowerCase(), [name, [String(value)]]);
  for (const [name, values] of Object.entries(multiple ?? {}))
    joined.set(name.toLowerCase(), [name, values.map(String)]);
  return Object.fromEntries(joined.values());
}
