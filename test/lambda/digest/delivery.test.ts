import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { deliveriesIn } from '../../../lambda/digest/delivery.ts';
import { peopleMessage } from '../../../lambda/digest/people-message.ts';
import { tellPeople } from '../../../lambda/digest/tell-people.ts';
import { aChangePoint } from '../a-change-point.ts';
import { memoryToldSeries } from './memory-told-series.ts';

const record = (body: object, messageId = 'm') => ({
  messageId,
  receiptHandle: messageId,
  body: JSON.stringify(body),
});

/** What is published of a batch. */
async function messageOf(...bodies: object[]) {
  const messages: ReturnType<typeof peopleMessage>[] = [];
  const records = bodies.map((body, index) => record(body, `m${index}`));
  const answer = await tellPeople(records, {
    told: memoryToldSeries(),
    clock: () => new Date('2026-01-01T00:00:00Z'),
    newId: () => 'me',
    hold: async () => {},
    report: () => {},
    publish: async (news) => void messages.push(peopleMessage(news)),
  });
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(messages).toHaveLength(1);
  return messages[0];
}

test.each<[string, object]>([
  ['without the time of the change', { changedAt: undefined }],
  ['with a number for the time of the change', { changedAt: 5 }],
  ['with line breaks in a time', { detectedAt: '2026\nx' }],
  ['without an event key', { eventKey: undefined }],
  ['with an event key without a time', { eventKey: 'x' }],
  ['with a direction that no subject can have', { direction: 'é\n' }],
  ['with a kind that there is not', { kind: 'constructor' }],
  ['without a name', { seriesId: '' }],
  ['with a name that no key can hold', { seriesId: 'x'.repeat(2049) }],
  ['with an id as long as a message', { id: 'x'.repeat(200_000) }],
  ['with a text for a count', { before: { ...aChangePoint().before, count: 'x' } }],
])('a change point %s is foreign, and holds up no other one', async (_, replaced) => {
  const bad = { ...aChangePoint(), ...replaced };
  expect(deliveriesIn([record(bad)])).toEqual({ deliveries: [], foreign: 1 });
  const good = aChangePoint({ id: 'good' });
  expect(await messageOf(bad, good)).toMatchObject({ Subject: 'AED: boiler-7 up by 1' });
});

// "The subject must be ASCII text ... must not include line breaks or control characters; and must be less than 100 characters long."
// Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, which also has the bound of 262,144 bytes.
test('whatever is in the fields of a message: what is told of it is a message that SNS takes', async () => {
  const more = { kind: 'shift', changedFrom: '', changedTo: '', rule: '', retractedAt: '' } as const;
  const names = Object.keys(aChangePoint(more)) as (keyof SeriesChangePoint)[];
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('up', 'down', 0, 1e300, -5e-324, undefined),
  );
  const replacing = fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 3 });
  await fc.assert(
    fc.asyncProperty(
      replacing,
      fc.string({ unit: 'binary', maxLength: 2048 }),
      async (replaced, seriesId) => {
        const odd = { ...aChangePoint({ id: 'odd', seriesId }), ...replaced };
        const { foreign } = deliveriesIn([record(odd)]);
        // Alone, with another series, and with another change of its own.
        const told = [
          [odd],
          [odd, aChangePoint()],
          [odd, aChangePoint(), { ...odd, ...aChangePoint({ seriesId }) }],
        ];
        for (const batch of foreign > 0 ? told.slice(1, 2) : told) {
          const { Subject = '', Message = '' } = (await messageOf(...batch)) ?? {};
          expect(Subject).toMatch(/^[\x20-\x7e]{1,99}$/);
          expect(Buffer.byteLength(Message)).toBeLessThanOrEqual(262_144);
          for (const text of Object.values<string>(JSON.parse(Message)))
            expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\ufffe\uffff]/u);
        }
      },
    ),
    { numRuns: 200 },
  );
});
