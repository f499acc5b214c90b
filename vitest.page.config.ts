import { defineConfig } from 'vitest/config';
import suite from './vitest.config.ts';

/** `npm run test:page`: the live page in a browser, apart from the suite because it needs Chromium. */
export default defineConfig({
  ...suite,
  test: {
    include: ['test/web/page/*.page.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: 'verbose',
  },
});
