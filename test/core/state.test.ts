import { AedDetector, type DetectorState } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { optionNames } from './option-values.ts';

const throughBytes = (detector: AedDetector) => AedDetector.fromBytes(detector.toBytes());

test('a saved state does not move with its detector', () => {
  const detector = new AedDetector();
  detector.push(1);
  const saved = detector.toJSON();
  detector.push(2);
  expect(saved).toMatchObject({ regimeStart: 0, regime: [1] });
});

test('the points of a regime that is given count as tested', () => {
  const step = [...Array<number>(20).fill(0), ...Array<number>(20).fill(5)];
  const fresh = new AedDetector().toJSON();
  const detector = AedDetector.fromJSON({ ...fresh, regime: step });
  expect(detector.push(5)).toMatchObject({ changedAt: 20, detectedAt: 40 });
});

test('what the regimes before left comes back from JSON and from bytes', () => {
  const memory = [1, 0.1, -5e-324, 1.7976931348623157e308];
  const detector = AedDetector.fromJSON({ ...new AedDetector().toJSON(), regime: [1, 2], memory });
  expect(detector.toJSON().memory).toEqual(memory);
  expect(detector.memory).toEqual(memory);
  expect(AedDetector.fromJSON(JSON.parse(JSON.stringify(detector))).toJSON().memory).toEqual(memory);
  // What a detector gave away is its own no more.
  for (const given of [detector.memory, detector.toJSON().memory])
    expect(() => (given as number[]).fill(0)).toThrow(TypeError);
  expect(detector.toJSON().memory).toEqual(memory);
  expect(throughBytes(detector).toJSON()).toEqual(detector.toJSON());
});

describe('with a season', () => {
  const options = { statistic: 'scan', period: 4 } as const;
  const detector = () => {
    const one = new AedDetector(options);
    for (const phase of [3, 0, 2]) one.push(7 + phase, phase);
    return one;
  };

  test('the places of the points are saved, as JSON and as bytes', () => {
    const state = detector().toJSON();
    expect(state).toMatchObject({ regime: [10, 7, 9], phases: [3, 0, 2] });
    expect(AedDetector.fromJSON(JSON.parse(JSON.stringify(state))).toJSON()).toEqual(state);
    expect(throughBytes(detector()).toJSON()).toEqual(state);
  });

  test('a state without places counts them from the start of the series', () => {
    const { phases, ...state } = detector().toJSON();
    expect(AedDetector.fromJSON({ ...state, regimeStart: 6 }).toJSON().phases).toEqual([2, 3, 0]);
  });

  test.each<[unknown, string]>([
    [5, 'state.phases must be an array, got 5'],
    [[0, 1], 'state.phases must be as long as state.regime (3), got 2'],
    [[0, 1, 4], 'state.phases at index 2 must be an integer from 0 to 3, got 4'],
    [[0, 1, 0.5], 'state.phases at index 2 must be an integer from 0 to 3, got 0.5'],
  ])('the places %j are refused', (phases, message) => {
    const state = { ...detector().toJSON(), phases } as DetectorState;
    expect(() => AedDetector.fromJSON(state)).toThrow(new RangeError(message));
  });
});

describe('a state that cannot be is refused', () => {
  const good = { version: 1, options: { alpha: 0.01 }, regimeStart: 2, regime: [1, 2, 3] } as const;

  test('and this one can', () => expect(AedDetector.fromJSON(good).length).toBe(5));

  test.each<[unknown, string]>([
    [undefined, 'state.version must be 1, got undefined'],
    [JSON.stringify(good), "state must be the object that toJSON gives, got 'text'"],
    [{ ...good, version: 2 }, 'state.version must be 1, got 2'],
    [{ ...good, version: '1' }, "state.version must be 1, got '1'"],
    [{ ...good, options: undefined }, 'options must be an object, got null'],
    [{ ...good, options: null }, 'options must be an object, got null'],
    [
      { ...good, options: { ...good.options, alpha: 2 } },
      'alpha must be a number greater than 0 and less than 1, got 2',
    ],
    [{ ...good, regime: undefined }, 'state.regime must be an array, got undefined'],
    [{ ...good, regime: [1, null, 3] }, 'state.regime at index 1 must be a finite number, got null'],
    [{ ...good, memory: 5 }, 'state.memory must be an array, got 5'],
    [{ ...good, memory: [1, null] }, 'state.memory at index 1 must be a finite number, got null'],
    [{ ...good, regimeStart: -1 }, 'state.regimeStart must be an integer of at least 0, got -1'],
    [{ ...good, regimeStart: 0.5 }, 'state.regimeStart must be an integer of at least 0, got 0.5'],
    [{ ...good, regimeStart: '2' }, "state.regimeStart must be an integer of at least 0, got '2'"],
  ])('%j', (state, message) => {
    expect(() => AedDetector.fromJSON(state as DetectorState)).toThrow(new RangeError(message));
  });
});

describe('bytes', () => {
  const options = { alpha: 0.01, practicalThreshold: 0, startup: 5, window: 5, maxRegimeLength: 100 };
  const state: DetectorState = {
    version: 1,
    options: { ...options, restart: 'change' },
    regimeStart: 2,
    regime: [0.5, -1e300],
  };
  const saved = AedDetector.fromJSON(state).toJSON();
  const bytes = () => AedDetector.fromJSON(state).toBytes();
  const textLength = (given: Uint8Array) => new DataView(given.buffer).getUint32(8, true);
  const textOf = (given: Uint8Array) =>
    Buffer.from(given.subarray(12, 12 + textLength(given))).toString('ascii');
  const pointsStart = 12 + textLength(bytes());
  const withByte = (index: number, byte: number) => bytes().with(index, byte);
  /** FNV-1a, as its authors define it, without the tricks of 32-bit arithmetic. */
  const checksum = (given: Uint8Array) =>
    given.reduce((hash, byte) => Number((BigInt((hash ^ byte) >>> 0) * 16777619n) % 2n ** 32n), 2166136261);
  /** The same with the checksum of what is now in it. */
  const sealed = (given: Uint8Array) => {
    new DataView(given.buffer).setUint32(4, checksum(given.subarray(8)), true);
    return given;
  };
  const withPoint = (index: number, number: number) => {
    const copy = bytes();
    new DataView(copy.buffer).setFloat64(pointsStart + 8 * index, number, true);
    return sealed(copy);
  };
  const withText = (text: string) => {
    const copy = bytes();
    copy.set(Buffer.from(text.padEnd(textLength(copy)), 'latin1'), 12);
    return sealed(copy);
  };

  test('of the time before gaps and memory are read, and written again as they were', () => {
    const saved =
      'QUVEAtbzYp10AAAAeyJvcHRpb25zIjp7ImFscGhhIjowLjAxLCJwcmFjdGljYWxUaHJlc2hvbGQiOjAuNSwic3RhcnR1cCI6NSwid2luZG93Ijo1' +
      'LCJyZXN0YXJ0IjoiZGV0ZWN0aW9uIn0sInJlZ2ltZVN0YXJ0IjoyN30gICAAAAAAAAAUQAAAAAAAABRAAAAAAAAAFEAAAAAAAAAUQAAAAAAAABRA' +
      'AAAAAAAAFEAAAAAAAAAUQAAAAAAAABRAAAAAAAAAFEAAAAAAAAAUQAAAAAAAABRAAAAAAAAAFEAAAAAAAAAUQA==';
    const detector = AedDetector.fromBytes(Buffer.from(saved, 'base64'));
    expect(detector.toJSON()).toEqual({
      version: 1,
      options: { alpha: 0.01, practicalThreshold: 0.5, startup: 5, window: 5, restart: 'detection' },
      regimeStart: 27,
      regime: Array(13).fill(5),
    });
    expect(Buffer.from(detector.toBytes()).toString('base64')).toBe(saved);
  });

  test('are a beginning, a checksum, the options and the start as text, and the points as doubles, all as documented', () => {
    const view = new DataView(bytes().buffer);
    expect([...bytes().subarray(0, 4)]).toEqual([65, 69, 68, 2]);
    expect(view.getUint32(4, true)).toBe(checksum(bytes().subarray(8)));
    expect(pointsStart % 8).toBe(0);
    expect(JSON.parse(textOf(bytes()))).toEqual({ options: saved.options, regimeStart: 2 });
    expect(textOf(bytes())).toMatch(/^\{.*\} {0,7}$/);
    expect(view.byteLength).toBe(pointsStart + 16);
    expect([0, 8].map((offset) => view.getFloat64(pointsStart + offset, true))).toEqual([0.5, -1e300]);
  });

  test('say of an endless regime that it has no end, as JSON does, by saying nothing', () => {
    const endless = new AedDetector();
    expect(textOf(endless.toBytes())).not.toContain('maxRegimeLength');
    expect(throughBytes(endless).options).toEqual(endless.options);
    expect(endless.toJSON().options).not.toHaveProperty('maxRegimeLength');
  });

  test('may stand anywhere in a buffer', () => {
    const buffer = new Uint8Array(bytes().length + 3);
    buffer.set(bytes(), 3);
    expect(AedDetector.fromBytes(buffer.subarray(3)).toJSON()).toEqual(saved);
    expect(AedDetector.fromBytes(Buffer.from(bytes())).toJSON()).toEqual(saved);
  });

  test('are about 150, and 8 for each point', () => {
    const detector = new AedDetector();
    expect(detector.toBytes().length).toBe(144);
    detector.push(1);
    expect(detector.toBytes().length).toBe(152);
    expect(new AedDetector({ alpha: 1e-5, startup: 20, maxRegimeLength: 10_000 }).toBytes().length).toBe(176);
  });

  test('of 10,000 points fit an item of 400 KB five times over', () => {
    const detector = new AedDetector();
    for (let index = 0; index < 10_000; index++) detector.push(index % 7);
    expect(detector.toBytes().length).toBeLessThan((400 * 1024) / 5);
  });

  const notAState = (length: number) => `bytes must be a state of version 1 or 2, got ${length} that are not`;
  const whole = bytes().length;

  test.each<[string, () => Uint8Array, string]>([
    ['none', () => new Uint8Array(), notAState(0)],
    ['too few', () => bytes().subarray(0, 7), notAState(7)],
    ['cut within the text', () => bytes().subarray(0, 77), notAState(77)],
    ['cut within a point', () => bytes().subarray(0, whole - 1), notAState(whole - 1)],
    ['with another beginning', () => withByte(2, 0x45), notAState(whole)],
    ['of another version', () => withByte(3, 3), notAState(whole)],
    ['with another checksum', () => withByte(4, (bytes()[4] ?? 0) ^ 1), notAState(whole)],
    ['with another length of the text', () => sealed(withByte(8, textLength(bytes()) + 1)), notAState(whole)],
    [
      'with a text that is no JSON',
      () => withText('{"options":'),
      'bytes must hold the options as JSON, got \'{"options":\'',
    ],
    [
      'with a text that is no object',
      () => withText('null'),
      'state.regimeStart must be an integer of at least 0, got undefined',
    ],
    ['without options', () => withText('{"regimeStart":2}'), 'options must be an object, got null'],
    [
      'with an option that does not exist',
      () => withText('{"options":{"treshold":3},"regimeStart":2}'),
      `option must be one of ${optionNames.join(', ')}, got 'treshold'`,
    ],
    [
      'with a wrong option',
      () => withText('{"options":{"alpha":0},"regimeStart":2}'),
      'alpha must be a number greater than 0 and less than 1, got 0',
    ],
    [
      'with a wrong start',
      () => withText('{"options":{},"regimeStart":-1}'),
      'state.regimeStart must be an integer of at least 0, got -1',
    ],
    [
      'with a wrong point',
      () => withPoint(1, Number.NaN),
      'state.regime at index 1 must be a finite number, got NaN',
    ],
  ])('that are no state are refused: %s', (_, wrong, message) => {
    expect(() => AedDetector.fromBytes(wrong())).toThrow(new RangeError(message));
  });

  test.each([
    [[1, 2, 3], 'a value of type object'],
    ['AED', "'AED'"],
    [undefined, 'undefined'],
    [new ArrayBuffer(16), 'a value of type object'],
  ])('what is no list of bytes is refused: %j', (wrong, shown) => {
    expect(() => AedDetector.fromBytes(wrong as never)).toThrow(
      new RangeError(`bytes must be a Uint8Array, got ${shown}`),
    );
  });

  test('with any byte changed are refused', () => {
    fc.assert(
      fc.property(fc.nat(whole - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const changed = withByte(index, (bytes()[index] ?? 0) ^ change);
        expect(() => AedDetector.fromBytes(changed)).toThrow(new RangeError(notAState(whole)));
      }),
    );
  });

  test('cut anywhere are refused', () => {
    for (let length = 0; length < whole; length++) {
      const cut = bytes().subarray(0, length);
      expect(() => AedDetector.fromBytes(cut)).toThrow(new RangeError(notAState(length)));
    }
  });
});
