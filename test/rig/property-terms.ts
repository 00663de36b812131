/**
 * How a property is run: always with the same seed, so that a run can be repeated, unless `FC_SEED` says another;
 * `FC_RUNS` multiplies the runs and the time. A failure prints seed, path and the smallest example that fails.
 * @param terms `seconds`: after which no new example is begun, so that a slow machine ends in time as well
 */
export function propertyTerms({ runs, seconds }: { readonly runs: number; readonly seconds: number }) {
  const factor = Number(process.env['FC_RUNS'] ?? 1);
  return {
    seed: Number(process.env['FC_SEED'] ?? 20_260_728),
    numRuns: Math.ceil(runs * factor),
    interruptAfterTimeLimit: seconds * 1000 * factor,
    markInterruptAsFailure: false,
  };
}
