import fc from 'fast-check';
import { expect, test } from 'vitest';
import { steadyMs, troubleTeller } from '../../../web/server/trouble.ts';

const texts = { fails: 'it cannot be read', works: 'it can be read again' };
const fails = 'it cannot be read: no; trying again';

/** A teller, the lines that it told, and its clock. */
function telling() {
  const time = { now: 0 };
  const lines: string[] = [];
  const trouble = troubleTeller(
    (line) => lines.push(line),
    texts,
    () => time.now,
  );
  return { trouble, lines, time };
}

test('a failure is told once, and its end once nothing has failed for a while, whatever happens in between', () => {
  const step = fc.record({ isFailure: fc.boolean(), after: fc.nat(steadyMs) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { trouble, lines, time } = telling();
      for (const { isFailure, after } of steps) {
        time.now += after;
        if (isFailure) trouble.failed(new Error('no'));
        else trouble.worked();
      }
      expect(lines).toEqual(lines.map((_, index) => (index % 2 === 0 ? fails : texts.works)));
      expect(lines.length > 0).toBe(steps.some(({ isFailure }) => isFailure));
      time.now += steadyMs;
      trouble.worked();
      expect(lines.length % 2).toBe(0);
    }),
  );
});

test('what works before it has worked for a while is told of later', () => {
  const { trouble, lines, time } = telling();
  trouble.failed('no');
  time.now = steadyMs - 1;
  trouble.worked();
  expect(lines).toEqual([fails]);
  time.now = steadyMs;
  for (let round = 0; round < 2; round++) trouble.worked();
  expect(lines).toEqual([fails, texts.works]);
});
