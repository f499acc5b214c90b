import { defineConfig } from 'vitest/config';
import suite from './vitest.config.ts';

/** `npm run test:deploy`: what is proven by a real deployment, apart from the suite because it needs MiniStack. */
export default defineConfig({
  ...suite,
  test: {
    include: ['test/deploy/*.deploy.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    reporters: 'verbose',
  },
});
