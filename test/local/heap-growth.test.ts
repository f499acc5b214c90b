import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { collectGarbage, heapGrowthFlag } from '../../local/heap-growth.ts';

// V8 passes over a flag that it does not know.
test('this Node has the flag that bounds the growth of the heap', () => {
  expect(execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })).toContain(
    `${heapGrowthFlag} `,
  );
});

test('all garbage is collected at once, without a flag at the start', () => {
  // Old enough to outlive a collection of the young.
  let garbage: object[] = Array.from({ length: 500_000 }, (_, index) => ({ index }));
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  expect(garbage).toHaveLength(500_000);
  garbage = [];
  collectGarbage();
  // An object of one number takes more than 16 bytes.
  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(16 * 500_000);
});
