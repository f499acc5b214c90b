import { expect, test } from 'vitest';
import { dependenceNote } from '../../../web/compare/dependence-note.ts';

test.each([
  [undefined, '', ''],
  [{ inflation: 1.4, advice: undefined }, '', ''],
  [
    { inflation: 1.5, advice: undefined },
    '',
    'Neighbours resemble each other, so that 1.5 readings count as one.',
  ],
  [
    { inflation: 12.34, advice: undefined },
    'a',
    'a: neighbours resemble each other, so that 12 readings count as one.',
  ],
  [{ inflation: 80, advice: 'do this' }, '', 'Do this.'],
  [{ inflation: 80, advice: 'do this' }, 'a', 'a: do this.'],
])('of %j in the series %j it is %j', (dependence, series, text) =>
  expect(dependenceNote(dependence, series)).toBe(text),
);
