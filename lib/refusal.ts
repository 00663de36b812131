/** One sentence for a prop with a wrong value: which prop, the value, what is allowed. */
export function refusal(prop: string, value: unknown, allowed: string): string {
  return `${prop} is ${JSON.stringify(value) ?? 'missing'}; allowed: ${allowed}`;
}
