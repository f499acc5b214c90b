import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';

/** Only Linux has a file that is always full. */
describe.skipIf(process.platform !== 'linux')('standard output on a disk that is full', () => {
  async function ended(...args: readonly string[]) {
    const full = openSync('/dev/full', 'w');
    try {
      const child = spawn(process.execPath, args, { stdio: ['pipe', full, 'pipe'] });
      child.stdin?.end('value\n1\n2\n3\n');
      const [error, [code]] = await Promise.all([
        text(child.stderr as NonNullable<typeof child.stderr>),
        once(child, 'exit'),
      ]);
      return { code, error };
    } finally {
      closeSync(full);
    }
  }
  const failed = 'error: cannot write: ENOSPC: no space left on device, write\n';

  test('a command removes what it created before it ends', async () => {
    const script = `
      import { once } from 'node:events';
      import { end, processContext } from './cli/context.ts';
      import { tellFailure } from './cli/tell-failure.ts';
      const context = processContext();
      const goesOn = setInterval(() => {}, 1_000);
      context.out.write('what was found');
      await once(context.signal, 'abort');
      clearInterval(goesOn);
      context.error.write('removed\\n');
      end(tellFailure(context.signal.reason, context));`;
    expect(await ended('--import', 'tsx', '--input-type=module', '--eval', script)).toEqual({
      code: 1,
      error: `${failed}removed\n`,
    });
  });

  test('a command that writes at its end fails, and says it once', async () => {
    expect(await ended('bin/aed.js', 'detect', '-')).toEqual({ code: 1, error: failed });
  });
});
