import { expect, test } from 'vitest';
import { runPoison } from '../../campaigns/poison-run.ts';
import { poisonsOf } from '../../campaigns/poisons.ts';

test('poison at every position of batches of 1 to 6 records: all of it set aside, and recovered once mended', async () => {
  // Every kind of poison has its turn.
  expect(poisonsOf('s').length).toBeLessThanOrEqual(21);
  const { cases, quarantined, recovered, failures } = await runPoison(6, () => {});
  expect(failures).toEqual([]);
  expect([cases, quarantined, recovered]).toEqual([21, 21, 21]);
});
