import { expect, test } from 'vitest';
import { checkpointsIn, savedUntil } from '../../local/kept/checkpoints.ts';
import { useFolder } from '../use/folder.ts';

const folder = useFolder();

test('a checkpoint is kept for the next start, unless a database has failed', async () => {
  let fail: (error: Error) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const checkpoints = savedUntil(broken, checkpointsIn(folder));
  checkpoints.save('shard', '1');
  fail(new Error('no space left on device'));
  await broken.catch(() => {});
  checkpoints.save('shard', '2');
  expect([checkpoints, checkpointsIn(folder)].map(({ last }) => last('shard'))).toEqual(['1', '1']);
});
