import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { chosenBuilds } from '../../bin/build/chosen-builds.ts';
import { buildCore } from '../../bin/build/core.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('npm run build core builds the core, npm run build all packages', () => {
  expect(chosenBuilds(['core'])).toEqual([buildCore]);
  expect(chosenBuilds([])).toHaveLength(3);
});

test.each([[['nothing']], [['constructor']], [['__proto__']], [['']], [['core', 'lib']]])(
  'npm run build %j is refused',
  (args) => {
    expect(() => chosenBuilds(args)).toThrow(
      new RangeError(`package must be one of core, lib, cli, got '${args.join(' ')}'`),
    );
  },
);

test('what is refused fails the command', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/build.ts', 'nothing'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain("RangeError: package must be one of core, lib, cli, got 'nothing'");
});
