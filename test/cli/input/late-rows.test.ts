import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { openInput } from '../../../cli/input/open-input.ts';
import { readReadings } from '../../../cli/input/read-readings.ts';
import type { ReadingSink } from '../../../cli/input/reading-order.ts';

test.each([
  [undefined, 500],
  [0, 0],
  [7, 7],
  [600, 600],
])('with a window of %s rows a row may be late by %s, and the error says so', async (window, rows) => {
  const lateBy = async (late: number) => {
    // Some rows in order show that the newest one stands last.
    const inOrder = [...Array(20).keys()].map((index) => index - 20);
    const later = [...Array(late + 1).keys()].map((index) => index + 1);
    const times = [...inOrder, ...later, 0].map((minute) =>
      new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
    );
    const text = `timestamp,value\n${times.map((time) => `${time},1\n`).join('')}`;
    const input = await openInput('-', {
      input: Readable.from([Buffer.from(text)], { objectMode: false }),
      signal: new AbortController().signal,
    });
    const found: number[] = [];
    const sink: ReadingSink = {
      ...(window !== undefined && { window }),
      reading: (_, { time }) => void found.push(time?.ms ?? Number.NaN),
      gap() {},
      repeated() {},
    };
    await readReadings(input, {}, sink);
    return found;
  };
  const start = Date.UTC(2026, 0, 1);
  if (rows > 0) expect((await lateBy(rows - 1)).slice(20, 22)).toEqual([start, start + 60_000]);
  await expect(lateBy(rows)).rejects.toThrow(`that stand more than ${rows} rows before it; --sort`);
});
