/** Clients that are known by the URL of their metadata (Client ID Metadata Documents), which needs no registration. */
export interface MetadataDocumentProps {
  /**
   * Whether a client id may be such a URL. MCP clients prefer it to registration.
   * @default true
   */
  readonly metadataDocuments?: boolean;

  /**
   * Hosts from which metadata documents and key sets may come: exact ones such as `claude.ai`, or `*.example.com` for
   * every host below `example.com`.
   * @default [] every public host
   */
  readonly metadataDocumentAllowHosts?: readonly string[];

  /**
   * Hosts from which they may not come, in the same form; stronger than `metadataDocumentAllowHosts`.
   * @default [] none
   */
  readonly metadataDocumentDenyHosts?: readonly string[];
}
