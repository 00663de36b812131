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
          // Browsers and runners of their own use every core: with more at once, calls within the cloud time out.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
