import { refusal } from './refusal.ts';

/** Everything that is wrong with the types of authorization details of one server; empty if nothing is. */
export function checkDetailTypes(types: readonly string[], prop: string): string[] {
  return types.flatMap((type, index) => {
    if (types.indexOf(type) < index)
      return [refusal(`${prop}[${index}]`, type, 'a type that the server does not have yet')];
    // RFC 9396 §2.1 leaves names open: short ones, or URIs to keep them apart.
    return /^[\x21-\x7e]{1,200}$/.test(type)
      ? []
      : [refusal(`${prop}[${index}]`, type, 'printable ASCII without space')];
  });
}
