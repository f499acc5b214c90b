import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spreadOverLanes } from '../../local/event-source-mapping/lanes.ts';
import type { RecordReader } from '../../local/event-source-mapping/source.ts';
import { record } from './memory-source.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function oneLane() {
  const lanes = spreadOverLanes<number>(1);
  return { ...lanes, lane: lanes.readers[0] as RecordReader<number> };
}

// A mapping lives for as long as the service, and waits for each of its batches.
test.each<[string, (lanes: ReturnType<typeof oneLane>, stopping: AbortController) => void]>([
  ['the time is over', () => vi.advanceTimersByTime(1000)],
  ['there is a record', ({ add }) => add([record(1)])],
  ['nothing will follow', ({ end }) => end()],
  ['the mapping is stopped', (_, stopping) => stopping.abort()],
])('a wait ends when %s, and leaves nothing behind', async (_, happens) => {
  const lanes = oneLane();
  const stopping = new AbortController();
  const ended = vi.fn();
  const waiting = lanes.lane.waitForMore(stopping.signal, 1000).then(ended);
  await vi.advanceTimersByTimeAsync(999);
  expect(ended).not.toHaveBeenCalled();
  happens(lanes, stopping);
  await waiting;
  expect([vi.getTimerCount(), getEventListeners(stopping.signal, 'abort')]).toEqual([0, []]);
});
