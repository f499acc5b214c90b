import { expect, test } from 'vitest';
import { lagClock } from '../../../web/server/lag-clock.ts';

type Step =
  | readonly ['began' | 'ended', total: number]
  | readonly ['after', ms: number]
  | readonly ['lag', ms: number];

test.each<readonly [string, readonly Step[]]>([
  ['is 0 where nothing began', [['lag', 0]]],
  [
    'is the age of the oldest that has not ended',
    [
      ['began', 1],
      ['after', 50],
      ['began', 2],
      ['after', 20],
      ['lag', 70],
      ['ended', 1],
      ['lag', 20],
    ],
  ],
  [
    'is what the last one took, for a while, where all have ended',
    [
      ['began', 3],
      ['after', 40],
      ['ended', 3],
      ['after', 1000],
      ['lag', 40],
      ['after', 3000],
      ['lag', 0],
    ],
  ],
  [
    'of what begins together counts from the first beginning',
    [
      ['began', 1],
      ['after', 5],
      ['began', 2],
      ['after', 10],
      ['lag', 15],
      ['ended', 1],
      ['lag', 15],
    ],
  ],
])('the lag %s', (_, steps) => {
  let now = 1000;
  const clock = lagClock(() => now);
  for (const [name, number] of steps) {
    if (name === 'began') clock.began(number);
    else if (name === 'ended') clock.ended(number);
    else if (name === 'after') now += number;
    else expect(clock.lagMs).toBe(number);
  }
});
