import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('npm run build refuses what is no package, in one line', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/build.ts', 'constructor'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toBe(
    "bin/build.ts: package must be one of core, lib, cli, got 'constructor' (see npx tsx bin/build.ts --help)\n",
  );
});
