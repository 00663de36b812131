import { defineConfig } from 'vitest/config';

/** Black-box tests share one running Gatehouse; all others start nothing. */
const conformance = 'test/conformance/**/*.test.ts';

export default defineConfig({
  test: {
    reporters: ['default', './test/rig/closing-line.ts'],
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [conformance],
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
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // Files wait more than they work: for the shared runner, for clients in processes of their own, for a bound.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
