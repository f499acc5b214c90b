import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

test('a command whose messages nobody reads goes on to its end', async () => {
  const script = `
    import { once } from 'node:events';
    import { end, processContext } from './cli/context.ts';
    const context = processContext();
    context.input.resume();
    await once(context.input, 'end');
    for (let said = 0; said < 3; said++) {
      await new Promise((resolve) => context.error.write('what a user should know\\n', resolve));
      await new Promise(setImmediate);
    }
    context.out.write('done');
    end(0);`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { stdio: 'pipe' });
  const ended = once(child, 'exit');
  child.stderr.destroy();
  await once(child.stderr, 'close');
  child.stdin.end();
  expect([await text(child.stdout), await ended]).toEqual(['done', [0, null]]);
});
