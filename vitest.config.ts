import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A process of its own for each file, two at a time: the bots that are killed need the other core.
    pool: 'forks',
    maxWorkers: 2,
    // Only a test that hangs comes to these: a busy machine must not fail one that works.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
