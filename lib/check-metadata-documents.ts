import type { MetadataDocumentProps } from './metadata-document-props.ts';
import { refusal } from './refusal.ts';

const pattern = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const allowed = "a host in lower case without scheme, port and path, or '*.' and a host";

/** Everything that is wrong with the hosts of metadata documents; empty if nothing is. */
export function checkMetadataDocuments(props: MetadataDocumentProps): string[] {
  const { metadataDocuments, metadataDocumentAllowHosts: allow = [], metadataDocumentDenyHosts: deny = [] } = props;
  const hosts = (prop: string, list: readonly string[]) =>
    list.flatMap((host, index) => (pattern.test(host) ? [] : [refusal(`${prop}[${index}]`, host, allowed)]));
  const unused = metadataDocuments === false && allow.length > 0;
  return [
    ...hosts('metadataDocumentAllowHosts', allow),
    ...hosts('metadataDocumentDenyHosts', deny),
    ...(unused ? [refusal('metadataDocumentAllowHosts', allow, 'only with metadataDocuments')] : []),
  ];
}
