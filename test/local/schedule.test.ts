import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startSchedule } from '../../local/schedule.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const minute = 60_000;

test('a schedule starts its function at its rate, whatever a run throws', async () => {
  const failures: unknown[] = [];
  let runs = 0;
  const schedule = startSchedule(
    async () => {
      runs++;
      throw new Error(`run ${runs}`);
    },
    5,
    (error) => failures.push(error),
  );
  await vi.advanceTimersByTimeAsync(5 * minute - 1);
  expect(runs).toBe(0);
  await vi.advanceTimersByTimeAsync(10 * minute);
  expect(failures).toEqual([new Error('run 1'), new Error('run 2')]);
  await schedule.stop();
  await vi.advanceTimersByTimeAsync(10 * minute);
  expect(runs).toBe(2);
});

test('a run that takes long is not joined by a second one, and waited for at the end', async () => {
  let runs = 0;
  let end = () => {};
  const schedule = startSchedule(
    () => {
      runs++;
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    },
    1,
    () => {},
  );
  await vi.advanceTimersByTimeAsync(3 * minute);
  expect(runs).toBe(1);
  let stopped = false;
  const stopping = schedule.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(minute);
  expect(stopped).toBe(false);
  end();
  await stopping;
  expect(runs).toBe(1);
});
