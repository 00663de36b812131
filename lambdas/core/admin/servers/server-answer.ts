/** A line, or a file, that makes a client use a server. */
export interface Paste {
  /** Name of the client, as people know it. */
  readonly client: string;
  /** Where it goes, in a sentence. */
  readonly where: string;
  /** What to paste, byte for byte. */
  readonly text: string;
}

/** The structured members of `servers.get`; see the resource `servers` in contract/admin/resources.ts. */
export interface ServerAnswer {
  readonly scopes: readonly {
    readonly name: string;
    readonly description: string;
    readonly implies: readonly string[];
    readonly tools: readonly string[];
    readonly optional: boolean;
  }[];
  /** RFC 9728 §2. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly paste: readonly Paste[];
}
