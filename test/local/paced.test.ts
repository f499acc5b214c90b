import { expect, test } from 'vitest';
import { paced } from '../../cli/replay/paced.ts';

async function groupsOf(items: readonly number[], perSecond: number | undefined, signal: AbortSignal) {
  const groups: { readonly at: number; readonly items: readonly number[] }[] = [];
  const startedAt = performance.now();
  for await (const group of paced(items, perSecond, signal)) {
    groups.push({ at: performance.now() - startedAt, items: group });
  }
  return groups;
}

const never = new AbortController().signal;
const items = Array.from({ length: 40 }, (_, index) => index);

test('without a rate everything comes at once', async () => {
  const groups = await groupsOf(items, undefined, never);
  expect(groups.map((group) => group.items)).toEqual([items]);
});

test('with a rate all comes in order, and nothing much too early', async () => {
  const groups = await groupsOf(items, 100, never);
  expect(groups.flatMap((group) => group.items)).toEqual(items);
  let given = 0;
  for (const group of groups) {
    given += group.items.length;
    // A group is given out at the beginning of the tenth of a second that it is for.
    expect(given).toBeLessThanOrEqual((group.at / 1000 + 0.11) * 100);
  }
});

test('a rate below ten a second gives out single items', async () => {
  const groups = await groupsOf(items.slice(0, 2), 8, never);
  expect(groups.map((group) => group.items.length)).toEqual([1, 1]);
});

test('it ends early when the signal aborts', async () => {
  const stopping = new AbortController();
  const groups = groupsOf(items, 1, stopping.signal);
  stopping.abort();
  expect((await groups).flatMap((group) => group.items).length).toBeLessThan(items.length);
});
