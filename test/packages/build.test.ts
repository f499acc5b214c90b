import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.each(['nothing', 'constructor', '__proto__'])('npm run build %s is refused', (name) => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/build.ts', name], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`RangeError: package must be one of core, lib, cli, got '${name}'`);
});
