import { AedDetector, type DetectorState } from '@aed/core';
import { describe, expect, test } from 'vitest';
import saved from './state-bytes-1.json' with { type: 'json' };

/** Bytes that the last release which wrote version 1 made of these states. */
const cases = saved.map(({ bytes, state }) => ({
  bytes: Uint8Array.from(Buffer.from(bytes, 'base64')),
  state: state as DetectorState,
}));

test.each(cases)('bytes of version 1 are read: $state.options', ({ bytes, state }) => {
  const detector = AedDetector.fromBytes(bytes);
  expect(detector.toJSON()).toMatchObject(state);
  expect(detector.toJSON()).toEqual(AedDetector.fromJSON(state).toJSON());
  // What the options mean that there were not yet.
  const then = { dependence: 'independent' } as const;
  expect(detector.options).toEqual(new AedDetector({ ...then, ...state.options }).options);
});

describe('bytes of version 1', () => {
  const [{ bytes: first = new Uint8Array() } = {}] = cases;
  const changed = (index: number, number: number) => {
    const copy = first.slice();
    new DataView(copy.buffer).setFloat64(8 * index, number, true);
    return copy;
  };

  test('may stand anywhere in a buffer', () => {
    const buffer = new Uint8Array(first.length + 3);
    buffer.set(first, 3);
    const expected = AedDetector.fromBytes(first).toJSON();
    expect(AedDetector.fromBytes(buffer.subarray(3)).toJSON()).toEqual(expected);
    expect(AedDetector.fromBytes(Buffer.from(first)).toJSON()).toEqual(expected);
  });

  test.each<[string, () => Uint8Array, string]>([
    ['too few', () => first.subarray(0, 56), 'bytes must be a state of version 1 or 2, got 56 that are not'],
    [
      'cut within a point',
      () => first.subarray(0, 77),
      'bytes must be a state of version 1 or 2, got 77 that are not',
    ],
    [
      'of another version',
      () => changed(0, 2),
      'bytes must be a state of version 1 or 2, got 184 that are not',
    ],
    [
      'of another restart',
      () => changed(5, 2),
      'bytes must be a state of version 1 or 2, got 184 that are not',
    ],
    [
      'with a wrong option',
      () => changed(1, 0),
      'alpha must be a number greater than 0 and less than 1, got 0',
    ],
    [
      'with a wrong start',
      () => changed(7, -1),
      'state.regimeStart must be an integer of at least 0, got -1',
    ],
    [
      'with a wrong point',
      () => changed(9, Number.NaN),
      'state.regime at index 1 must be a finite number, got NaN',
    ],
  ])('that are no state are refused: %s', (_, wrong, message) => {
    expect(() => AedDetector.fromBytes(wrong())).toThrow(new RangeError(message));
  });
});
