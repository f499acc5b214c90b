import { InvalidParameterException, InvalidParameterValueException } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { Outage } from '../../../lambda/notify/outage.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';

const { failedPublications, outageMs } = processingLimits;
const down = new Error('down');

test('an outage begins with some failures in a row, and ends after a while', () => {
  let now = 0;
  const outage = new Outage(() => new Date(now));
  for (let failure = 1; failure < failedPublications; failure++) outage.failed(down);
  expect(outage.isOn).toBe(false);
  outage.failed(down);
  expect(outage.isOn).toBe(true);
  now += outageMs - 1;
  expect(outage.isOn).toBe(true);
  now += 1;
  expect(outage.isOn).toBe(false);
  outage.failed(down);
  expect(outage.isOn).toBe(false);
});

test('a clock that is set back by days makes no outage as long as that', () => {
  let now = 2 * 24 * 3600_000;
  const outage = new Outage(() => new Date(now));
  for (let failure = 0; failure < failedPublications; failure++) outage.failed(down);
  now = 0;
  expect(outage.isOn).toBe(false);
});

test('failures between successes are none', () => {
  const outage = new Outage(() => new Date(0));
  for (let failure = 0; failure < 5 * failedPublications; failure++) {
    outage.failed(down);
    if (failure % 2 === 1) outage.ended();
  }
  expect(outage.isOn).toBe(false);
});

const response = { message: '', $metadata: {} };
test.each([
  ['that the topic does not take', new InvalidParameterException(response)],
  ['with a value that the topic does not take', new InvalidParameterValueException(response)],
  ['of which no message can be made', new TypeError('before is undefined')],
  ['that the table does not take', Object.assign(new Error(), { name: 'ValidationException' })],
])('a change point %s says nothing of the others', (_, error) => {
  const outage = new Outage(() => new Date(0));
  for (let failure = 0; failure < 5 * failedPublications; failure++) outage.failed(error);
  expect(outage.isOn).toBe(false);
});
