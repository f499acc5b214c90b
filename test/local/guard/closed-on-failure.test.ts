import { expect, test, vi } from 'vitest';
import { closedOnFailure } from '../../../local/guard/closed-on-failure.ts';

test('what starts is given, and stays open', async () => {
  const close = vi.fn(async () => {});
  expect(await closedOnFailure(close, async () => 'started')).toBe('started');
  expect(close).not.toHaveBeenCalled();
});

test.each<[string, () => Promise<void>]>([
  ['closed', async () => {}],
  ['closed, and that fails, too', async () => Promise.reject(new Error('not closed'))],
])(
  'if the start fails, what was open is %s; the failure of the start is thrown after that',
  async (_, closing) => {
    const steps: string[] = [];
    const failure = new Error('not started');
    const close = async () => {
      await Promise.resolve();
      steps.push('closed');
      await closing();
    };
    const failing = closedOnFailure(close, () => Promise.reject(failure));
    await failing.catch((error) => steps.push(String(error)));
    expect(steps).toEqual(['closed', 'Error: not started']);
  },
);
