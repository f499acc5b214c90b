import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Board, boardAfter, boardOf } from '../../../web/page/list/board.ts';
import { pageLimits } from '../../../web/server/page-limits.ts';
import { boardChangeOf } from '../../../web/server/row-changes.ts';
import { type BoardReading, seriesBoard } from '../../../web/server/series-board.ts';
import { sortedReadings } from '../../../web/server/sorted-readings.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';

const keyOf = (number: number) => String(number).padStart(6, '0');
const reading = fc.record({ seriesId: fc.constantFrom('a', 'b', 'c'), at: fc.nat(300), value: fc.integer() });
const toReading = ({
  seriesId,
  at,
  value,
}: {
  seriesId: string;
  at: number;
  value: number;
}): BoardReading => ({
  seriesId,
  eventKey: keyOf(at),
  time: at,
  value,
});

describe('a reader of every update', () => {
  test('knows what a snapshot holds, whenever updates are taken, and whatever comes late or twice or is removed', () => {
    const seriesId = fc.constantFrom('a', 'b', 'c');
    const step = fc.oneof(
      { weight: 12, arbitrary: reading.map((one) => ({ ...one, is: 'recorded' as const })) },
      fc.record({ seriesId, at: fc.nat(300), is: fc.constant('removed' as const) }),
      fc.record({ seriesId, is: fc.constantFrom('emptied' as const, 'gone' as const) }),
    );
    const bursts = fc.array(fc.array(step, { maxLength: 150 }), { maxLength: 8 });
    fc.assert(
      fc.property(bursts, (all) => {
        const board = seriesBoard();
        let known: Board = new Map();
        for (const burst of all) {
          for (const one of burst) {
            if (one.is === 'recorded') board.recorded(toReading(one));
            else if (one.is === 'removed') board.removed(one.seriesId, keyOf(one.at));
            else board.removed(one.seriesId, undefined);
            if (one.is === 'gone') board.gone(one.seriesId);
          }
          // Of an emptied series nothing is told until it is gone, or has readings again.
          for (const id of board.emptied) board.gone(id);
          known = boardAfter(known, board.takeUpdates());
        }
        const expected = boardOf({ series: board.states });
        // Fields that only say how to apply an update are left out.
        expect([...known].map(([index, { points, value }]) => [index, points, value])).toEqual(
          [...expected].map(([index, { points, value }]) => [index, points, value]),
        );
      }),
    );
  });

  test('gets nothing where nothing happened', () => {
    const board = seriesBoard();
    board.recorded(toReading({ seriesId: 'a', at: 1, value: 1 }));
    board.takeUpdates();
    expect(board.takeUpdates()).toEqual({ added: [], series: [], gone: [] });
  });
});

test('series beyond the room are counted and not shown', () => {
  const board = seriesBoard(2);
  for (const seriesId of ['a', 'b', 'c', 'd', 'c']) board.recorded(toReading({ seriesId, at: 1, value: 1 }));
  expect(board.states.map(({ seriesId }) => seriesId)).toEqual(['a', 'b']);
  expect(board.unshown).toBe(2);
});

test('a series beyond the room is no longer counted when nothing of it is stored', () => {
  const board = seriesBoard(2);
  const record = (seriesId: string, at: number) => board.recorded(toReading({ seriesId, at, value: at }));
  for (const seriesId of ['x', 'y', 'b', 'c']) record(seriesId, 1);
  board.removed('b', keyOf(1));
  board.removed('c', keyOf(1));
  expect([board.emptied, board.unshown]).toEqual([['b', 'c'], 2]);
  // Another reading of it is stored.
  record('c', 2);
  expect(board.emptied).toEqual(['b']);
  board.gone('b');
  expect([board.emptied, board.unshown]).toEqual([[], 1]);
});

test('a series without readings is not shown yet, and is to be read', () => {
  const board = seriesBoard();
  board.known('a');
  board.changed(boardChangeOf(aChangePoint({ seriesId: 'b', eventKey: keyOf(2) }), 1));
  expect([board.emptied, board.unshown, board.states]).toEqual([['a', 'b'], 2, []]);
  board.recorded(toReading({ seriesId: 'b', at: 2, value: 5 }));
  expect([board.emptied, board.unshown]).toEqual([['a'], 1]);
  expect(board.takeUpdates().added).toMatchObject([{ seriesId: 'b', value: 5, unacknowledged: 1 }]);
  board.gone('a');
  expect([board.seriesIds, board.unshown, board.takeUpdates().gone]).toEqual([['b'], 0, []]);
});

test('a series goes when its readings are gone, and comes again as a new one', () => {
  const board = seriesBoard(2);
  const record = (seriesId: string, at: number) => board.recorded(toReading({ seriesId, at, value: at }));
  for (const seriesId of ['a', 'b', 'c']) record(seriesId, 1);
  record('a', 2);
  board.changed(boardChangeOf(aChangePoint({ seriesId: 'a', eventKey: keyOf(2) }), 1));
  board.takeUpdates();
  board.removed('a', keyOf(1));
  board.gone('a');
  expect([board.emptied, board.seriesIds]).toEqual([[], ['a', 'b']]);
  board.removed('a', keyOf(2));
  expect(board.emptied).toEqual(['a']);
  expect(board.takeUpdates()).toEqual({ added: [], series: [], gone: [] });
  board.gone('a');
  expect(board.takeUpdates()).toEqual({ added: [], series: [], gone: [0] });
  expect(board.unacknowledged).toEqual([]);
  record('c', 3);
  expect([board.states.map(({ seriesId }) => seriesId), board.unshown]).toEqual([['b', 'c'], 0]);
  expect(board.takeUpdates().added).toMatchObject([{ seriesId: 'c', index: 2 }]);
});

test('the level is that of the readings since the change', () => {
  const board = seriesBoard();
  for (let at = 0; at < 40; at++) board.recorded(toReading({ seriesId: 'a', at, value: at < 30 ? 0 : 8 }));
  expect(board.states[0]?.level).toBe(0);
  const changePoint = { seriesId: 'a', eventKey: keyOf(36), changedEventKey: keyOf(30), magnitude: 8 };
  board.changed(boardChangeOf(aChangePoint(changePoint), 1));
  expect(board.takeUpdates().added[0]).toMatchObject({
    level: 8,
    lastChange: { heardAt: 1, direction: 'up', size: '+8' },
  });
});

describe('sorted readings', () => {
  test('are the newest ones, each key once, as it came last', () => {
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 400 }), fc.integer({ min: 1, max: 60 }), (all, room) => {
        const sorted = sortedReadings(room);
        const byKey = new Map<string, number>();
        for (const one of all) {
          const before = sorted.all[0]?.eventKey;
          const place = sorted.add(toReading(one));
          // A reading that is too old to be kept was not taken.
          if (place !== 'nowhere') byKey.set(keyOf(one.at), one.value);
          else expect(before !== undefined && keyOf(one.at) < before).toBe(true);
        }
        const expected = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-room);
        expect(sorted.all.map(({ eventKey, value }) => [eventKey, value])).toEqual(expected);
      }),
    );
  });

  test.each([
    ['of all', undefined, [3, 1, 2], 2],
    ['of an even number', undefined, [4, 1, 2, 3], 2.5],
    ['of those since a key', keyOf(2), [9, 9, 1, 3], 2],
    ['the newest where none is that new', keyOf(9), [5, 6], 6],
  ])('have a median: %s', (_, since, values, median) => {
    const sorted = sortedReadings(pageLimits.seriesPoints);
    values.forEach((value, at) => {
      sorted.add({ eventKey: keyOf(at), time: at, value });
    });
    expect(sorted.medianSince(since)).toBe(median);
  });
});
