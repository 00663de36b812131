import fc from 'fast-check';

/** Seconds that a property may take to find its smallest example that fails. */
const patience = 20;

/**
 * Tries a predicate with many examples, always the same ones, so that a failure can be repeated, unless `FC_SEED` is
 * another seed; `FC_RUNS` multiplies the runs and the time. A failure prints seed, path and the smallest example.
 * @param predicate throws if it does not hold
 * @param terms `seconds`: after which no more examples are tried, so that a slow machine ends in time as well
 */
export async function holdProperty<T>(
  examples: fc.Arbitrary<T>,
  predicate: (example: T) => Promise<void> | void,
  { runs, seconds }: { readonly runs: number; readonly seconds: number },
): Promise<void> {
  const factor = Number(process.env['FC_RUNS'] ?? 1);
  let end = performance.now() + seconds * 1000 * factor;
  let hasFailed = false;
  // fast-check could stop by itself, but then it leaves the example that it is at to run on behind its back.
  const inTime = async (example: T): Promise<void> => {
    if (performance.now() > end) return;
    try {
      await predicate(example);
    } catch (error) {
      if (!hasFailed) end = performance.now() + patience * 1000;
      hasFailed = true;
      throw error;
    }
  };
  await fc.assert(fc.asyncProperty(examples, inTime), {
    seed: Number(process.env['FC_SEED'] ?? 20_260_728),
    numRuns: Math.ceil(runs * factor),
  });
}
