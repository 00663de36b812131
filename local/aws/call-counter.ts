/** Counts calls by function and action, so that a test can hold what a request costs. */
export interface CallCounter {
  count(functionName: string, action: string): void;
  /** `{ total, functions: { <function>: { <action>: <calls> } } }` */
  totals(): { total: number; functions: Record<string, Record<string, number>> };
  reset(): void;
}

export function createCallCounter(): CallCounter {
  const functions = new Map<string, Map<string, number>>();
  return {
    count(functionName, action) {
      const actions = functions.get(functionName) ?? new Map<string, number>();
      functions.set(functionName, actions.set(action, (actions.get(action) ?? 0) + 1));
    },
    totals() {
      const counts = [...functions.values()].flatMap((actions) => [...actions.values()]);
      return {
        total: counts.reduce((sum, calls) => sum + calls, 0),
        functions: Object.fromEntries([...functions].map(([name, actions]) => [name, Object.fromEntries(actions)])),
      };
    },
    reset: () => functions.clear(),
  };
}
