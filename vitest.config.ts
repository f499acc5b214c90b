import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Tests that run together, by name: `npx vitest run --project core`. */
function project(name: string, test: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration {
  const globalSetup = ['test/use/temporary-folder.ts', ...[test?.globalSetup ?? []].flat()];
  return { extends: true, test: { name, testTimeout: 120_000, hookTimeout: 180_000, ...test, globalSetup } };
}

/** What needs the CDK. */
const stack = ['test/lib/**/*.test.ts', 'test/options/*.test.ts'];

export default defineConfig({
  resolve: {
    alias: { '@aed/core': fileURLToPath(new URL('./core/src/index.ts', import.meta.url)) },
  },
  test: {
    // Much of the time is waiting for emulators and child processes: no processor need be left for the runner.
    maxWorkers: '100%',
    setupFiles: ['test/use/seed.ts', 'test/use/as-before.ts'],
    // A condition that is awaited: on a busy machine it may take long.
    expect: { poll: { timeout: 60_000 } },
    // Of the core alone, which is to be covered whole: --project core --coverage.
    coverage: {
      include: ['core/src/**/*.ts'],
      reporter: ['text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
    projects: [
      // `npm test`: these four. Modules are loaded once a worker, for loading the CDK or the SDK takes seconds. No test changes what they hold.
      project('core', { include: ['test/core/**/*.test.ts'], isolate: false }),
      project('stack', { include: stack, isolate: false }),
      project('lambda', { include: ['test/lambda/**/*.test.ts'], isolate: false }),
      project('service', {
        include: ['test/**/*.test.ts'],
        exclude: ['test/core/**', ...stack, 'test/lambda/**'],
        isolate: false,
        globalSetup: 'test/use/built-tool.ts',
      }),
      // `npm run test:page`: in a browser, apart because it needs Chromium.
      project('page', { include: ['test/web/page/*.page.ts'] }),
      // `npm run test:deploy`: by a real deployment, apart because it needs MiniStack.
      project('deploy', { include: ['test/deploy/*.deploy.ts'], hookTimeout: 480_000 }),
    ],
  },
});
