/** What a key is called as a client, as a grant, as the subject of a program, and in the audit trail. */
export function keySubject(keyId: string): string {
  return `key:${keyId}`;
}
