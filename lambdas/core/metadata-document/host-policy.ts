/** Which metadata documents an administrator lets in. Structurally the `metadataDocuments` of the settings. */
export interface MetadataDocumentPolicy {
  readonly enabled: boolean;
  /** Exact hosts or `*.example.com` for every host below it; empty: every host. */
  readonly allowHosts: readonly string[];
  /** As above; stronger than `allowHosts`. */
  readonly denyHosts: readonly string[];
}

function matches(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/** Whether documents may come from the host of this absolute URL. */
export function isHostAllowed(url: string, { allowHosts, denyHosts }: MetadataDocumentPolicy): boolean {
  // `example.com.` is the same host in the DNS.
  const host = new URL(url).hostname.replace(/\.$/, '');
  if (denyHosts.some((pattern) => matches(host, pattern.toLowerCase()))) return false;
  return allowHosts.length === 0 || allowHosts.some((pattern) => matches(host, pattern.toLowerCase()));
}
