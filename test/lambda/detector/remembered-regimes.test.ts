import { AedDetector } from '@aed/core';
import { expect, test } from 'vitest';
import { Regime } from '../../../lambda/detector/regime.ts';
import { RememberedRegimes } from '../../../lambda/detector/remembered-regimes.ts';
import { eventKey } from '../../../lambda/event.ts';
import { regimeLimits } from '../../../lambda/regime/regime-limits.ts';

const { options } = new AedDetector({});
const points = 20;
/** With what it takes besides its points, as points. */
const [regimeSize, detectorSize] = [points + 64, points + 100];
const head = { seriesId: 's', version: 1 };

function newRegime(hasDetector = true, times = Array.from({ length: points }, (_, index) => index)): Regime {
  const regime = new Regime({ after: undefined, testedThrough: undefined, memory: undefined, options }, 500);
  regime.add(times.map((timestamp) => ({ eventKey: eventKey({ timestamp, eventId: 'e' }), value: 0 })));
  regime.test();
  if (!hasDetector) regime.forgetDetector();
  expect(regime.hasDetector).toBe(hasDetector);
  return regime;
}

/** Room for so many regimes of this length, and for so many with their detectors. */
function newMemory(regimes: number, detectors: number, random = () => 0): RememberedRegimes {
  const limits = {
    ...regimeLimits,
    rememberedPoints: regimes * regimeSize,
    detectorPoints: detectors * detectorSize,
  };
  return new RememberedRegimes(limits, random);
}

test('a regime is taken once, as it was remembered', () => {
  const memory = newMemory(1, 1);
  const remembered = { regime: newRegime(), head };
  expect(memory.take('a')).toBeUndefined();
  memory.remember('a', remembered, false);
  expect(memory.take('a')).toBe(remembered);
  expect(memory.take('a')).toBeUndefined();
});

test('what is needed only while events are added is freed', () => {
  const regime = newRegime();
  expect(regime.eventAt(0)).toBeDefined();
  newMemory(1, 1).remember('a', { regime, head }, false);
  expect(regime.eventAt(0)).toBeUndefined();
});

test('a regime whose times run backwards is not remembered', () => {
  const memory = newMemory(1, 1);
  memory.remember('a', { regime: newRegime(true, [2, 1]), head }, false);
  expect(memory.take('a')).toBeUndefined();
});

test('where there is no room for a detector any more, another regime is kept without its own', () => {
  const memory = newMemory(3, 2);
  const regimes = [newRegime(), newRegime(), newRegime()];
  for (const [index, regime] of regimes.entries()) memory.remember(`${index}`, { regime, head }, false);
  expect(regimes.map(({ hasDetector }) => hasDetector)).toEqual([false, true, true]);
  expect([0, 1, 2].map((index) => memory.take(`${index}`)?.regime)).toEqual(regimes);
});

test('a regime without a detector takes no room for one', () => {
  const memory = newMemory(4, 2);
  const regimes = [newRegime(), newRegime(), newRegime(false), newRegime(false)];
  for (const [index, regime] of regimes.entries()) memory.remember(`${index}`, { regime, head }, false);
  expect(regimes.map(({ hasDetector }) => hasDetector)).toEqual([true, true, false, false]);
});

test('where there is no room for a regime any more, another one is forgotten, and its detector makes room', () => {
  const memory = newMemory(2, 2);
  const regimes = [newRegime(), newRegime(), newRegime()];
  for (const [index, regime] of regimes.entries()) memory.remember(`${index}`, { regime, head }, false);
  expect(regimes.slice(1).map(({ hasDetector }) => hasDetector)).toEqual([true, true]);
  expect([0, 1, 2].map((index) => memory.take(`${index}`)?.regime)).toEqual([undefined, ...regimes.slice(1)]);
});

test('a new regime that is not admitted leaves all as it was; one that was remembered is always admitted', () => {
  const memory = newMemory(2, 2, () => 0.9);
  const [first, second, third] = [newRegime(), newRegime(), newRegime()];
  memory.remember('first', { regime: first, head }, false);
  memory.remember('second', { regime: second, head }, false);
  memory.remember('third', { regime: third, head }, false);
  expect(memory.take('third')).toBeUndefined();
  expect([first.hasDetector, second.hasDetector]).toEqual([true, true]);
  memory.remember('third', { regime: third, head }, true);
  expect(memory.take('third')?.regime).toBe(third);
});

test('what is taken makes room for its regime and its detector', () => {
  const memory = newMemory(1, 1, () => 0.9);
  memory.remember('a', { regime: newRegime(), head }, false);
  memory.take('a');
  const regime = newRegime();
  memory.remember('b', { regime, head }, false);
  expect(regime.hasDetector).toBe(true);
  expect(memory.take('b')?.regime).toBe(regime);
});
