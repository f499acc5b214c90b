import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { heapGrowthFlag } from '../../local/heap-growth.ts';

// V8 passes over a flag that it does not know.
test('this Node has the flag that bounds the growth of the heap', () => {
  expect(execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })).toContain(
    `${heapGrowthFlag} `,
  );
});
