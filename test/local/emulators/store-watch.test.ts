import { expect, test, vi } from 'vitest';
import { watchStore } from '../../../local/emulators/store-watch.ts';

type Done = (error?: unknown) => void;

test('a write that was under way when another failed is refused, too: it is behind what was written in part', () => {
  const underWay: Done[] = [];
  const database = { put: (_key: string, done: Done) => underWay.push(done) };
  const told = vi.fn();
  const watch = watchStore(told);
  watch.guard(database);
  const results: unknown[] = [];
  for (const key of ['a', 'b', 'c']) database.put(key, (error) => results.push(error));
  const failure = new Error('IO error: 000007.log: No space left on device');
  const [first, second, third] = underWay;
  first?.(null);
  second?.(failure);
  third?.(null);
  database.put('d', (error) => results.push(error));
  expect(results).toEqual([null, failure, failure, failure]);
  expect(underWay).toHaveLength(3);
  expect(told.mock.calls).toEqual([[failure]]);
});
