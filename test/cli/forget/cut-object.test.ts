import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutObject } from '../../../cli/forget/cut-object.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { decodeRecord } from '../../../lambda/record/decode-record.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import { fieldsAt, recordForms, recordObjects } from './written-records.ts';

const reading = eventReading();
const arrived = { partitionKey: 'p', sequenceNumber: '1' };

function problemsIn(data: Uint8Array) {
  const entries = decodeRecord({ ...arrived, arrivedAt: 2e12, data }, { reading, maxFutureSkewMs: 0 });
  return entries.flatMap((entry) =>
    entry.ok ? [] : [{ position: entry.position, reason: entry.reason, detail: entry.detail }],
  );
}

/** The object that is set aside for a record. */
function setAside(data: Uint8Array): string {
  const problems = problemsIn(data);
  return JSON.stringify({
    ...arrived,
    shardId: 's',
    arrivedAt: new Date(2e12).toISOString(),
    data: Buffer.from(data).toString('base64'),
    problemCount: problems.length,
    problems: problems.slice(0, processingLimits.problemsPerRecord),
  });
}

describe.each(Object.entries(recordForms))('%s: what was set aside', (form, write) => {
  test('has the problems of the others when a series is cut out, as if they alone had come', () => {
    fc.assert(
      fc.property(recordObjects, (given) => {
        const data = Buffer.from(write(given.map(fieldsAt)));
        const cut = cutObject(setAside(data), 'a', reading);
        const isBadOfOthers = given.some(({ seriesId, isBad }) => seriesId !== 'a' && isBad);
        // Where commas stand between objects, these are problems, too.
        if (cut.holds !== 'others too') {
          expect(cut.holds === 'only it' && isBadOfOthers).toBe(false);
          return;
        }
        const rest = JSON.parse(cut.rest);
        const ofRest = problemsIn(Buffer.from(rest.data, 'base64'));
        expect({ count: rest.problemCount, problems: rest.problems.map(placed) }).toEqual({
          count: ofRest.length,
          problems: ofRest.map(placed),
        });
        if (!form.includes('commas')) expect(isBadOfOthers).toBe(true);
      }),
    );
  });
});

const placed = ({ position, reason }: { readonly position: number; readonly reason: string }) => ({
  position,
  reason,
});

test('a record with too many entries keeps that problem, since none of them was stored', () => {
  const lines = ['a', ...Array(processingLimits.entriesPerRecord).fill('b')].map((seriesId, index) =>
    JSON.stringify(fieldsAt({ seriesId, isBad: false }, index)),
  );
  const cut = cutObject(setAside(Buffer.from(lines.join('\n'))), 'a', reading);
  const { data, ...rest } = cut.holds === 'others too' ? JSON.parse(cut.rest) : {};
  expect(rest).toMatchObject({ problemCount: 1, problems: [{ position: 0, reason: 'too-many-entries' }] });
  expect(Buffer.from(data, 'base64').toString() === lines.slice(1).join('\n')).toBe(true);
});
