import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { confine, heldByWork, holdExceptions, onBehalf } from '../../../local/guard/confine.ts';

/** What Node would call with an exception that nobody caught. */
let capture: ((error: Error) => void) | null;
let release: () => void;
const listeners = [vi.fn(), vi.fn()];
const failure = new Error('no such thing');

beforeEach(() => {
  capture = null;
  vi.spyOn(process, 'setUncaughtExceptionCaptureCallback').mockImplementation((callback) => {
    capture = callback;
  });
  vi.spyOn(process, 'exit').mockImplementation((() => {}) as never);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  release = holdExceptions();
});
afterEach(() => {
  release();
  vi.restoreAllMocks();
  for (const listener of listeners) listener.mockReset();
});

/** Lets Node have these listeners and no others: those of the test runner would end it. */
const withListeners = (...given: readonly ((...args: unknown[]) => void)[]) =>
  vi.spyOn(process, 'listeners').mockImplementation(() => [...given]);

test('exceptions are held from the first who asks for it to the last', () => {
  const other = holdExceptions();
  expect(process.setUncaughtExceptionCaptureCallback).toHaveBeenCalledTimes(1);
  release();
  expect(capture).toBeTypeOf('function');
  other();
  expect(capture).toBeNull();
  release = holdExceptions();
  expect(capture).toBeTypeOf('function');
});

test('an exception of no work is told to the listeners of the process, which goes on', () => {
  withListeners(...listeners);
  capture?.(failure);
  for (const { mock } of listeners) expect(mock.calls).toEqual([[failure, 'uncaughtException']]);
  expect(process.exit).not.toHaveBeenCalled();
});

test.each([
  [failure, /^Error: no such thing\n +at /],
  ['a text', /^a text\n$/],
])('without a listener it ends the process, and is written: %s', (error, written) => {
  withListeners();
  capture?.(error as Error);
  expect(vi.mocked(process.stderr.write).mock.calls).toEqual([[expect.stringMatching(written)]]);
  expect(vi.mocked(process.exit).mock.calls).toEqual([[1]]);
});

test('an exception of some work is told to that work alone, once what it holds is given back', () => {
  withListeners(...listeners);
  const steps: string[] = [];
  const failed = (error: unknown) => steps.push(String(error));
  confine(() => {
    heldByWork(() => steps.push('given back'));
    heldByWork(() => steps.push('given back twice'))();
    capture?.(failure);
    capture?.(failure);
  }, failed);
  expect(steps).toEqual(['given back', 'Error: no such thing', 'Error: no such thing']);
  for (const { mock } of listeners) expect(mock.calls).toEqual([]);
});

test('what is called later on behalf of some work fails as that work, whoever calls it', () => {
  const failed = vi.fn();
  let later: () => void = () => {};
  confine(() => {
    later = onBehalf(() => {
      throw failure;
    });
  }, failed);
  expect(failed).not.toHaveBeenCalled();
  confine(later, () => expect.unreachable());
  expect(failed.mock.calls).toEqual([[failure]]);
});

test('outside of any work a callback stays what it is, and nothing is held', () => {
  const callback = () => {};
  expect(onBehalf(callback)).toBe(callback);
  expect(heldByWork(callback)()).toBeFalsy();
});
