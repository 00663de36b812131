import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Black-box tests share one running Gatehouse; all others start nothing. */
const conformance = 'test/conformance/**/*.test.ts';

export default defineConfig({
  test: {
    reporters: ['default', './test/rig/closing-line.ts'],
    pool: 'forks',
    // Files of a worker share their imports: they keep nothing in modules, and each loads half of the product.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [conformance],
          maxWorkers: Math.max(2, availableParallelism() - 1),
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: [conformance],
          globalSetup: './test/rig/conformance-setup.ts',
          // Browsers and runners of their own use every core: with more at once, calls within the cloud time out.
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
