import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordLog } from '../../../local/emulators/record-log.ts';
import type { TableStreamRecord } from '../../../local/emulators/table-stream.ts';

const numberOf = (index: number) => String(index).padStart(21, '0');
const recordOf = (index: number): TableStreamRecord => ({ dynamodb: { SequenceNumber: numberOf(index) } });

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('add' as const) }),
    fc.record({ kind: fc.constant('trim' as const), through: fc.nat(30) }),
    fc.record({ kind: fc.constant('read' as const), after: fc.option(fc.nat(30)), most: fc.nat(5) }),
  ),
  { maxLength: 40 },
);

test('records are read in their order from any of them on, those that were deleted are gone, and all are counted', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const log = recordLog('arn');
      let kept: TableStreamRecord[] = [];
      let count = 0;
      for (const step of given) {
        if (step.kind === 'add') {
          const record = recordOf(++count);
          log.add(record);
          kept.push(record);
        } else if (step.kind === 'trim') {
          const through = Math.min(step.through, count);
          log.trim(numberOf(through));
          kept = kept.filter(({ dynamodb }) => dynamodb.SequenceNumber > numberOf(through));
        } else {
          const after = step.after === null ? undefined : numberOf(step.after);
          const later = kept.filter(({ dynamodb }) => after === undefined || dynamodb.SequenceNumber > after);
          expect(log.read(after, step.most)).toEqual(later.slice(0, step.most));
        }
        expect(log.length).toBe(count);
      }
    }),
  );
});

test('who listens hears of each record as it is made, until they end that', async () => {
  const log = recordLog('the arn');
  const heard: TableStreamRecord[] = [];
  const stop = log.onRecord((record) => heard.push(record));
  log.add(recordOf(1));
  log.add(recordOf(2));
  stop();
  log.add(recordOf(3));
  expect(heard).toEqual([recordOf(1), recordOf(2)]);
  await log.caughtUp();
  expect(log.arn).toBe('the arn');
});
