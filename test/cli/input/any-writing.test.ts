import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FailedError } from '../../../cli/context.ts';
import { openInput } from '../../../cli/input/open-input.ts';
import { type ReadOptions, readReadings } from '../../../cli/input/read-readings.ts';
import { anyWriting, type Readings, roundedTo, type Writing, written } from './written.ts';

const signal = new AbortController().signal;

/** The readings of a file in the order in which a detector takes them, or why it is refused. */
async function readingsOf(bytes: Buffer, options: ReadOptions) {
  const readings: [ms: number | undefined, value: number][] = [];
  let gaps = 0;
  try {
    const input = await openInput('-', { input: Readable.from([bytes], { objectMode: false }), signal });
    const summary = await readReadings(input, options, {
      reading: (_, { time, value }) => readings.push([time?.ms, value]),
      gap: () => gaps++,
      repeated: () => gaps++,
    });
    return { readings, gaps, summary };
  } catch (error) {
    if (error instanceof FailedError) return { refused: error.message };
    throw error;
  }
}

/** The causes for which a file may be refused. */
const causes = [
  /^the numbers of column '.+' can be read in two ways: '.+' as .+ or /,
  /^the dates of column '.+' can be read in two ways(: '.+' as .+ or |, though '(\d+).\2.+' is the same in both; )/,
  /^row \d+ and most others have \d+ cells, but the header in row \d+ has \d+; /,
];

const readings: fc.Arbitrary<Readings> = fc.record({
  startAt: fc
    .date({ min: new Date('1995-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((date) => Math.floor(date.getTime() / 60_000) * 60_000),
  stepSeconds: fc.constantFrom(1, 60, 300, 3600, 21_600),
  values: fc
    .tuple(
      fc.constantFrom(0, 0.5, -20, 20.25, 950, 1200, 1_234_567),
      fc.constantFrom(0, 5, 400),
      fc.array(fc.integer({ min: -150, max: 150 }), { minLength: 25, maxLength: 60 }),
    )
    .map(([level, shift, noise]) =>
      noise.map((one, index) => level + (index < noise.length / 2 ? 0 : shift) + one / 100),
    ),
});

function optionsFor(writing: Writing, names: { timeName: string; valueName: string }): ReadOptions {
  // Small numbers beside the values could be meant as well.
  if (writing.more) return { column: [names.valueName] };
  return {};
}

/** The checks of a clean clone generate several times as many files. */
const share = Number(process.env.SHARE_OF_FILES ?? 0.4);
/** A busy machine may take ten times as long as a quiet one. */
const timeout = Math.max(120_000, share * 120_000);

test('a file gives the readings that were written, or a refusal that names the cause', {
  timeout,
}, async () => {
  let read = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(readings, anyWriting, async (series, writing) => {
      const { bytes, ...names } = written(series, writing);
      const result = await readingsOf(bytes, optionsFor(writing, names));
      if (result.refused !== undefined) {
        refused++;
        expect(causes.some((cause) => cause.test(result.refused ?? ''))).toBe(true);
        return;
      }
      read++;
      const { startAt, stepSeconds, values } = series;
      expect(result.readings).toEqual(
        values.map((value, index) => [
          startAt + index * stepSeconds * 1000,
          roundedTo(value, writing.digits),
        ]),
      );
      expect(result.gaps).toBe(0);
    }),
    { numRuns: share * 1500 },
  );
  // A reader that refuses all would hold the property, too.
  expect(read).toBeGreaterThan(3 * refused);
});

test('what was refused is read as it was written, once the marks and the form of times are given', {
  timeout,
}, async () => {
  await fc.assert(
    fc.asyncProperty(readings, anyWriting, async (series, writing) => {
      const { bytes, ...names } = written(series, { ...writing, quoted: true });
      const { decimal, thousands, time } = writing;
      fc.pre(thousands !== decimal);
      const result = await readingsOf(bytes, {
        ...optionsFor(writing, names),
        decimal,
        ...(thousands !== '' && { thousands }),
        ...(time === 'day first' && { timeFormat: 'dmy' }),
        ...(time === 'month first' && { timeFormat: 'mdy' }),
      });
      const { startAt, stepSeconds, values } = series;
      expect(result.readings).toEqual(
        values.map((value, index) => [
          startAt + index * stepSeconds * 1000,
          roundedTo(value, writing.digits),
        ]),
      );
    }),
    { numRuns: share * 300 },
  );
});
