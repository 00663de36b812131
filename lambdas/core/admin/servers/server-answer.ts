import type { Paste } from '../../paste-lines.ts';

export type { Paste };

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
