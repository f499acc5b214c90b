import { expect, test } from 'vitest';
import { RandomShare } from '../../../lambda/detector/random-share.ts';
import { randomOf } from '../../core/random.ts';

/** How many of some things that come in turn are found, after they came often enough for that not to change. */
function foundShare(things: number, room: number): number {
  const share = new RandomShare<number>(room, randomOf(1));
  const comeInTurn = () => {
    let found = 0;
    for (let thing = 0; thing < things; thing++) {
      const known = share.take(`${thing}`);
      found += Number(known !== undefined);
      share.keep(`${thing}`, thing, 1, known !== undefined);
    }
    return found;
  };
  for (let round = 0; round < 20; round++) comeInTurn();
  return comeInTurn() / things;
}

test('as long as there is room, all are found', () => {
  expect(foundShare(1000, 1000)).toBe(1);
});

test('what fills the room to its end is let in, and not drawn for', () => {
  const share = new RandomShare<number>(3, () => 0.999);
  expect(share.keep('a', 1, 1, false)).toEqual([]);
  expect(share.keep('b', 2, 2, false)).toEqual([]);
  expect(share.keep('c', 3, 1, false)).toEqual([['c', 3]]);
});

test.each([
  [1100, 1000 / 1100],
  [1500, 1000 / 1500],
  [4000, 1000 / 4000],
])('of %d things in room for 1000, about as many are found as there is room for', (things, most) => {
  expect(foundShare(things, 1000)).toBeGreaterThan(most - 0.1);
});

test('what comes no more makes room for what comes', () => {
  const share = new RandomShare<string>(100, randomOf(2));
  for (let thing = 0; thing < 100; thing++) share.keep(`old ${thing}`, 'old', 1, false);
  for (let round = 0; round < 40; round++)
    for (let thing = 0; thing < 100; thing++) {
      const known = share.take(`new ${thing}`);
      share.keep(`new ${thing}`, 'new', 1, known !== undefined);
    }
  const isOld = (thing: number) => share.has(`old ${thing}`);
  expect(Array.from({ length: 100 }, (_, thing) => thing).filter(isOld).length).toBeLessThan(10);
});

test('the total stays within the bound, and what does not fit is named', () => {
  const random = randomOf(3);
  const share = new RandomShare<number>(50, random);
  const sizes = new Map<string, number>();
  for (let step = 0; step < 2000; step++) {
    const name = `${Math.floor(random() * 40)}`;
    const wasKept = share.take(name) !== undefined;
    expect(wasKept).toBe(sizes.delete(name));
    const size = 1 + Math.floor(random() * 20);
    sizes.set(name, size);
    for (const [gone] of share.keep(name, step, size, wasKept)) sizes.delete(gone);
    expect([...sizes.values()].reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(50);
    expect(share.has(name)).toBe(sizes.has(name));
  }
  expect(share.keep('large', 0, 51, true)).toEqual([['large', 0]]);
});

test('one that draws a random number of 1 goes by the bound, too', () => {
  const share = new RandomShare<string>(1, () => 1);
  expect(share.keep('first', 'a', 1, true)).toEqual([]);
  expect(share.keep('second', 'b', 1, true)).toEqual([['first', 'a']]);
  expect(share.has('second')).toBe(true);
});
