import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { iterateTexts, streamOfRows } from '../../../local/emulators/text-rows.ts';
import { SortedTexts } from '../../../local/journal/sorted-texts.ts';

const keyOf = (index: number) => String(index).padStart(4, '0');
const keysFrom = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => keyOf(first + index));

function textsOf(count: number): SortedTexts {
  const texts = new SortedTexts();
  for (const key of keysFrom(1, count)) texts.set(key, `text ${key}`);
  return texts;
}
const keyIn = ([key]: readonly [string, string]) => key;

describe('an iterator', () => {
  test('gives one row after another, as it is made of key and text, and then none', async () => {
    const { next } = iterateTexts(textsOf(2), undefined, (row) => row.join(': '));
    expect([await next(), await next(), await next(), await next()]).toEqual([
      '0001: text 0001',
      '0002: text 0002',
      undefined,
      undefined,
    ]);
  });

  test.each([
    [{}, keysFrom(1, 9)],
    [{ gt: '0003' }, keysFrom(4, 9)],
    [{ gte: '0003', lt: '0006' }, keysFrom(3, 5)],
    [{ gt: '0003', lte: '0006' }, keysFrom(4, 6)],
    [{ reverse: true }, keysFrom(1, 9).reverse()],
    [{ gt: '0003', reverse: true }, keysFrom(4, 9).reverse()],
    [{ gte: '0003', lte: '0006', reverse: true }, keysFrom(3, 6).reverse()],
    [{ limit: 2 }, keysFrom(1, 2)],
    [{ limit: 0 }, []],
    [{ limit: -1 }, keysFrom(1, 9)],
    [{ limit: 2, gt: '0003', reverse: true }, ['0009', '0008']],
  ])('of %j gives the same rows one by one, in twos and all at once', async (options, expected) => {
    for (const most of [1, 2, 100]) {
      const { take } = iterateTexts(textsOf(9), options, keyIn);
      const taken: unknown[] = [];
      for (let rows = take(most); rows.length > 0; rows = take(most)) taken.push(...rows);
      expect(taken).toEqual(expected);
    }
  });

  test('sees what is written or deleted ahead of it, and not what is behind', () => {
    const texts = textsOf(4);
    const { take } = iterateTexts(texts, {}, keyIn);
    expect(take(2)).toEqual(['0001', '0002']);
    texts.delete('0003');
    texts.set('0001a', '');
    texts.set('0005', '');
    expect(take(9)).toEqual(['0004', '0005']);
  });

  test('that is closed gives nothing any more, and says so as LevelDB does', async () => {
    const iterator = iterateTexts(textsOf(4), {}, keyIn);
    iterator.take(1);
    await iterator.close();
    const closed = { message: 'Iterator is not open', code: 'LEVEL_ITERATOR_NOT_OPEN' };
    expect(() => iterator.take(1)).toThrow(expect.objectContaining(closed));
    await expect(iterator.next()).rejects.toMatchObject(closed);
  });
});

describe('a stream', () => {
  test.each([0, 1, 63, 64, 65, 128, 500])('of %d rows gives all of them, and ends', async (count) => {
    const iterator = iterateTexts(textsOf(count), {}, keyIn);
    expect(await streamOfRows(iterator).toArray()).toEqual(keysFrom(1, count));
  });

  test('closes its iterator at its end, and when it is broken off', async () => {
    for (const end of [
      (stream: ReturnType<typeof streamOfRows>) => stream.resume(),
      (stream: ReturnType<typeof streamOfRows>) => stream.destroy(),
    ]) {
      const iterator = iterateTexts(textsOf(100), {}, keyIn);
      const close = vi.spyOn(iterator, 'close');
      const stream = streamOfRows(iterator);
      end(stream);
      await once(stream, 'close');
      expect(close).toHaveBeenCalledTimes(1);
    }
  });
});
