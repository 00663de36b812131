import type { InputField } from '../../../contract/admin/operation.ts';
import type { ProtectedServer } from '../../../core/protected-server.ts';
import { pathDetailType } from '../../../core/resource/path-narrowing.ts';
import type { FormValues } from '../form-values.ts';
import { offersOf } from './offers.ts';

/** What stands in a field before anybody entered something: what is usual, and a server where there is no other. */
export function firstValues(field: InputField, servers: readonly ProtectedServer[]): readonly string[] {
  if (field.usual !== undefined) return [field.usual];
  if (field.offers !== 'servers') return [];
  const offered = offersOf(field.offers, servers).flatMap(({ offers }) => offers);
  return offered.length === 1 ? offered.map(({ value }) => value) : [];
}

/** The fields that mean something here: paths only where a server knows them, or where some were sent already. */
export function fieldsHere<Field extends InputField>(
  fields: readonly Field[],
  servers: readonly ProtectedServer[],
  values: FormValues | undefined,
): readonly Field[] {
  const knowsPaths = servers.some((server) => server.authorizationDetailTypes?.includes(pathDetailType));
  return fields.filter(({ name }) => name !== 'paths' || knowsPaths || values?.[name]?.length);
}
