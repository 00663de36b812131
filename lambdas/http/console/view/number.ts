/** A count with its thousands apart. */
export function number(count: number): string {
  return count.toLocaleString('en-US');
}
