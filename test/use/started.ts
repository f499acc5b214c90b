import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

/** How long something is kept: for all tests of the file or `describe` that asks for it, or anew for each of them. */
export type Kept = 'for all tests' | 'for each test';

/** The hooks before and after what it is kept for. */
export function hooksFor(kept: Kept) {
  return kept === 'for all tests'
    ? { before: beforeAll, after: afterAll }
    : { before: beforeEach, after: afterEach };
}

/**
 * Starts something before the tests and closes it after them.
 *
 * @returns what was started: an object to hold on to, which has its contents once the tests begin
 */
export function useStarted<Started extends { close(): Promise<void> }>(
  start: () => Promise<Started>,
  kept: Kept = 'for all tests',
): Started {
  const { before, after } = hooksFor(kept);
  const contents = {} as Started;
  let started: Started | undefined;
  before(async () => {
    started = await start();
    Object.assign(contents, started);
  });
  after(async () => {
    await started?.close();
    started = undefined;
  });
  return contents;
}
