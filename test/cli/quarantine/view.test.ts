import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKept } from '../../../cli/quarantine/kept.ts';
import { describeKept } from '../../../cli/quarantine/view.ts';

test('no text of an object, which anyone may have edited, has anything to say to a terminal', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\u001b[31m', '\n', '\u202e', '\u0085', 'é') });
  const texts = fc.array(text, { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(texts, ([a, b, c, d, e, f, g, h, i, j, k, l]) => {
      const userRecord = { index: 0, partitionKey: a };
      const record = {
        shardId: b,
        sequenceNumber: c,
        partitionKey: d,
        arrivedAt: e,
        data: '',
        problemCount: 1,
      };
      const problems = [{ position: 0, reason: f, detail: g, userRecord }];
      const batch = {
        requestContext: { condition: h, functionArn: i },
        DDBStreamBatchInfo: { shardId: j, startSequenceNumber: k, approximateArrivalOfFirstRecord: l },
        payload: '{"Records":[]}',
      };
      for (const object of [{ ...record, problems }, batch]) {
        const lines = describeKept('key\u001b', readKept(JSON.stringify(object))).split('\n');
        expect(lines).toHaveLength('problems' in object ? 11 : 10);
        for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }
    }),
  );
});
