/** A JSON document from a host that somebody else names. */
export interface FetchedDocument {
  readonly body: Readonly<Record<string, unknown>>;
  /** Seconds for which HTTP says that it is fresh (RFC 9111); undefined if it does not say. */
  readonly maxAge?: number;
}

/** Fetches metadata documents and key sets under the rules of CIMD §6.5 and §6.6. */
export interface Documents {
  /**
   * GET with no redirect followed, only status 200, at most 5 KB (key sets 64 KB) and 5 seconds, JSON object only. Every resolved address and
   * the address actually connected must be public; loopback is allowed only where the issuer itself is loopback.
   * @throws DocumentError
   */
  load(url: string, kind: 'client-metadata' | 'jwks'): Promise<FetchedDocument>;
}

/** `refused`: the URL or its address is not allowed; `unavailable`: not reachable now; `invalid`: not what it should be. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly kind: 'refused' | 'unavailable' | 'invalid';
  constructor(kind: 'refused' | 'unavailable' | 'invalid', message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
