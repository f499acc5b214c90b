import { expect, test } from 'vitest';
import { generateTraffic, type TrueChange } from '../../../cli/produce/traffic.ts';

const options = { seriesIds: ['a', 'b'], points: 300, rate: 10, startAt: 1_000_000 };

test('events of all series come in the order of time, each series by its own seed', () => {
  const events = [...generateTraffic(options)];
  expect(events).toHaveLength(600);
  expect(events.slice(0, 4).map(({ seriesId, timestamp }) => [seriesId, timestamp])).toEqual([
    ['a', 1_000_000],
    ['b', 1_000_000],
    ['a', 1_000_100],
    ['b', 1_000_100],
  ]);
  const values = (name: string) =>
    events.filter(({ seriesId }) => seriesId === name).map(({ value }) => value);
  expect(values('a')).not.toEqual(values('b'));
});

test('the true changes are told, restarts without a size', () => {
  const changes: TrueChange[] = [];
  const events = [
    ...generateTraffic({
      ...options,
      sd: 0.001,
      restartEvery: 150,
      onChange: (change) => changes.push(change),
    }),
  ];
  expect(changes.some(({ shift }) => shift !== undefined)).toBe(true);
  expect(changes.filter(({ shift }) => shift === undefined)).toMatchObject([
    { seriesId: 'a', reading: 150 },
    { seriesId: 'b', reading: 150 },
  ]);
  for (const { seriesId, reading, time, shift } of changes) {
    const own = events.filter((event) => event.seriesId === seriesId);
    expect(own[reading]?.timestamp).toBe(Date.parse(time));
    if (shift === undefined) continue;
    expect((own[reading]?.value ?? 0) - (own[reading - 1]?.value ?? 0)).toBeCloseTo(shift, 1);
  }
});

test('an option that breaks its rule is refused before the first event is asked for', () => {
  expect(() => generateTraffic({ ...options, rate: 1001 })).toThrow(
    'rate must be greater than 0 and at most 1000 readings a second, got 1001',
  );
  expect(() => generateTraffic({ ...options, shiftEvery: 1 })).toThrow(
    'shiftEvery must be an integer of at least 2, or 0 for no shifts, got 1',
  );
});
