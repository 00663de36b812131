/** Keys come from requests. One that no item can have is simply unknown; DynamoDB would throw a ValidationException. */
export function isPossibleKey(key: Readonly<Record<string, string>>): boolean {
  const [partition = '', sort = 'none'] = Object.values(key);
  return partition !== '' && sort !== '' && Buffer.byteLength(partition) <= 2048 && Buffer.byteLength(sort) <= 1024;
}
