import { AedDetector, type DetectorOptions, detectChangePoints, mppTest, segments } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { optionNames } from './option-values.ts';

test('every option has a default', () => {
  expect(new AedDetector().options).toEqual({
    statistic: 'mpp',
    alpha: 0.01,
    practicalThreshold: 0,
    falseAlarmEvery: 0,
    dependence: 'auto',
    restlessAfter: 0,
    minimumLength: 8,
    startup: 5,
    window: 5,
    restart: 'detection',
    maxRegimeLength: Number.POSITIVE_INFINITY,
    period: 1,
    interval: 0,
  });
});

test('options given stand beside the defaults of the others', () => {
  const given = { alpha: 0.05, restart: 'change' } as const;
  expect(new AedDetector(given).options).toEqual({ ...new AedDetector().options, ...given });
});

test('a period must fit four times into the longest regime', () => {
  expect(new AedDetector({ period: 24, maxRegimeLength: 96 }).options.period).toBe(24);
  expect(() => new AedDetector({ period: 25, maxRegimeLength: 96 })).toThrow(
    new RangeError('period must be an integer of at least 1 and at most maxRegimeLength / 4 (24), got 25'),
  );
});

test('an option that is undefined has its default', () => {
  const given: { alpha?: number | undefined } = { alpha: undefined };
  expect(new AedDetector(given as DetectorOptions).options.alpha).toBe(0.01);
});

test('the options of a detector are frozen, and are not those it was given', () => {
  const given = { alpha: 0.05 };
  const { options } = new AedDetector(given);
  given.alpha = 0.5;
  expect(options.alpha).toBe(0.05);
  expect(Object.isFrozen(options)).toBe(true);
});

test.each<DetectorOptions>([
  { alpha: Number.MIN_VALUE },
  { alpha: 1 - Number.EPSILON },
  { practicalThreshold: 0 },
  { practicalThreshold: Number.MAX_VALUE },
  { startup: 2, maxRegimeLength: 4 },
  { window: 0 },
  { restart: 'change' },
])('%j is at the edge of what is allowed', (options) => {
  expect(new AedDetector(options).options).toMatchObject(options);
});

const alphaRule = 'alpha must be a number greater than 0 and less than 1';
const thresholdRule = 'practicalThreshold must be a finite number of at least 0';
const startupRule = 'startup must be an integer of at least 2';
const windowRule = 'window must be an integer of at least 0';
const restartRule = "restart must be 'detection' or 'change'";
const maxRule = 'maxRegimeLength must be an integer of at least 2 · startup (10), or Infinity';
const nameRule = `option must be one of ${optionNames.join(', ')}`;

const wrong: readonly (readonly [unknown, string])[] = [
  [{ alpha: 0 }, `${alphaRule}, got 0`],
  [{ alpha: 1 }, `${alphaRule}, got 1`],
  [{ alpha: -0.1 }, `${alphaRule}, got -0.1`],
  [{ alpha: Number.NaN }, `${alphaRule}, got NaN`],
  [{ alpha: '0.01' }, `${alphaRule}, got '0.01'`],
  [{ alpha: null }, `${alphaRule}, got null`],
  [{ alpha: [0.01] }, `${alphaRule}, got a value of type object`],
  [{ alpha: Symbol('alpha') }, `${alphaRule}, got a value of type symbol`],
  [{ practicalThreshold: -1 }, `${thresholdRule}, got -1`],
  [{ practicalThreshold: Number.POSITIVE_INFINITY }, `${thresholdRule}, got Infinity`],
  [{ practicalThreshold: Number.NaN }, `${thresholdRule}, got NaN`],
  [{ practicalThreshold: '3' }, `${thresholdRule}, got '3'`],
  [{ startup: 1 }, `${startupRule}, got 1`],
  [{ startup: 5.5 }, `${startupRule}, got 5.5`],
  [{ startup: Number.POSITIVE_INFINITY }, `${startupRule}, got Infinity`],
  [{ startup: 5n }, `${startupRule}, got a value of type bigint`],
  [{ window: -1 }, `${windowRule}, got -1`],
  [{ window: 0.5 }, `${windowRule}, got 0.5`],
  [{ window: true }, `${windowRule}, got true`],
  [{ restart: 'never' }, `${restartRule}, got 'never'`],
  [{ restart: 1 }, `${restartRule}, got 1`],
  [{ maxRegimeLength: 9 }, `${maxRule}, got 9`],
  [{ maxRegimeLength: 10.5 }, `${maxRule}, got 10.5`],
  [{ maxRegimeLength: Number.NEGATIVE_INFINITY }, `${maxRule}, got -Infinity`],
  [{ maxRegimeLength: null }, `${maxRule}, got null`],
  [{ treshold: 3 }, `${nameRule}, got 'treshold'`],
  [{ toString: 3 }, `${nameRule}, got 'toString'`],
  [null, 'options must be an object, got null'],
  [5, 'options must be an object, got 5'],
  [[], 'options must be an object with names, no list or set, got a value of type object'],
  [new Set(), 'options must be an object with names, no list or set, got a value of type object'],
];

describe.each([
  ['a detector', (options: DetectorOptions) => new AedDetector(options)],
  ['detectChangePoints', (options: DetectorOptions) => detectChangePoints([], options)],
  ['segments', (options: DetectorOptions) => segments([], options)],
])('%s refuses', (_, use) => {
  test.each(wrong)('%o', (options, message) => {
    expect(() => use(options as DetectorOptions)).toThrow(new RangeError(message));
  });
});

test.each<[unknown, string]>([
  [{ practicalThreshold: -1 }, `${thresholdRule}, got -1`],
  [{ alpha: 0 }, `${alphaRule}, got 0`],
  [{ treshold: 3 }, `${nameRule}, got 'treshold'`],
])('mppTest refuses %o', (options, message) => {
  expect(() => mppTest([], options as DetectorOptions)).toThrow(new RangeError(message));
});
