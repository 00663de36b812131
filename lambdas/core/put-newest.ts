/**
 * Puts a value last into a Map that is kept small: where it is full, what was put longest ago goes. A Map keeps the order
 * of insertion, so that its first key is the oldest.
 * @param room most entries
 */
export function putNewest<Value>(memory: Map<string, Value>, key: string, value: Value, room: number): void {
  memory.delete(key);
  const oldest = memory.size >= room ? memory.keys().next().value : undefined;
  if (oldest !== undefined) memory.delete(oldest);
  memory.set(key, value);
}
