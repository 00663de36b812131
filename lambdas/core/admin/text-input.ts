import type { AdminRequest } from './admin-handler.ts';

/** A filter that was given, under its name; nothing otherwise. */
export function textInput<Name extends string>(
  input: AdminRequest['input'],
  name: Name,
): { readonly [N in Name]?: string } {
  const value = input[name];
  return (typeof value === 'string' ? { [name]: value } : {}) as { readonly [N in Name]?: string };
}
