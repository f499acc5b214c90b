import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reasons } from '../../../../lambda/record/reasons.ts';
import { textOf } from '../../../pages.ts';
import { checkRecord, generatedRecords } from './generated-records.ts';

test('each generated record gives the right events or a reason, and by mended settings all of its events', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(generatedRecords, (one) => checkRecord(one, seen)),
    { numRuns: 2_000 },
  );
  expect([...seen.keys()].sort()).toEqual(['bad-value', 'event', 'implausible-timestamp', 'missing-field']);
});

test('the operations guide explains every reason', () => {
  const guide = textOf('docs/operations.md');
  for (const reason of reasons) expect(guide).toMatch(new RegExp(`^\\|[^|]*\`${reason}\`[^|]*\\|`, 'm'));
});
