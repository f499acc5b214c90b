import { resolveOptions } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { allResources, type Contract } from '../../lambda/environment/contract.ts';
import { detectorEnvironment } from '../../lambda/environment/detector.ts';
import { digestEnvironment } from '../../lambda/environment/digest.ts';
import { forwarderEnvironment } from '../../lambda/environment/forwarder.ts';
import { recorderEnvironment } from '../../lambda/environment/recorder.ts';
import { sweeperEnvironment } from '../../lambda/environment/sweeper.ts';
import { required, variableOf } from '../../lambda/settings.ts';

const names = {
  eventsTable: 'events',
  changePointsTable: 'changes',
  pendingIndex: 'pending',
  rulesTable: 'rules',
  quarantineBucket: 'bucket',
  topicArn: 'topic',
  peopleTopicArn: 'people',
  digestQueueUrl: 'queue',
};
const records = {
  seriesIdField: 'device.id',
  timestampField: 'at',
  valueField: 'temp*,hum',
  timestampUnit: 'us',
  numbersAsText: true,
  eventRetentionDays: 30,
  maxFutureSkewSeconds: 0,
} as const;
const options = resolveOptions({
  alpha: 0.02,
  practicalThreshold: 1.5,
  maxRegimeLength: 500,
  restart: 'change',
});

describe.each<[string, Contract<object>, object]>([
  ['recorder', recorderEnvironment, { eventsTable: 'events', quarantineBucket: 'bucket', ...records }],
  [
    'detector',
    detectorEnvironment,
    { eventsTable: 'events', changePointsTable: 'changes', rulesTable: 'rules', topicArn: 'topic', options },
  ],
  [
    'sweeper',
    sweeperEnvironment,
    { changePointsTable: 'changes', pendingIndex: 'pending', topicArn: 'topic' },
  ],
  ['forwarder', forwarderEnvironment, { eventBus: 'bus' }],
  [
    'digest',
    digestEnvironment,
    { changePointsTable: 'changes', peopleTopicArn: 'people', digestQueueUrl: 'queue' },
  ],
  ['pipeline', allResources, names],
])('the environment of the %s', (_, { read, write }, values) => {
  test('is read as it was written, whatever else is in it', () => {
    expect(read({ ...write(values), PATH: '/bin', HOME: undefined })).toEqual(values);
  });

  test('must name each resource', () => {
    const written = write(values);
    const resources = Object.keys(values).filter((name) => name in names || name === 'eventBus');
    expect(resources.length).toBeGreaterThan(0);
    for (const name of resources) {
      const variable = variableOf(name);
      for (const value of [undefined, '', '  '])
        expect(() => read({ ...written, [variable]: value })).toThrow(
          new RangeError(`${variable} must be set in the environment`),
        );
    }
  });
});

test('a setting or an option without a variable has its default', () => {
  const { EVENTS_TABLE, QUARANTINE_BUCKET } = { EVENTS_TABLE: 'events', QUARANTINE_BUCKET: 'bucket' };
  expect(recorderEnvironment.read({ EVENTS_TABLE, QUARANTINE_BUCKET })).toEqual({
    eventsTable: 'events',
    quarantineBucket: 'bucket',
    seriesIdField: 'seriesId',
    timestampField: 'timestamp',
    valueField: 'value',
    timestampUnit: 'auto',
    numbersAsText: false,
    eventRetentionDays: 365,
    maxFutureSkewSeconds: 300,
  });
  const resources = { EVENTS_TABLE, CHANGE_POINTS_TABLE: 'c', RULES_TABLE: 'r', TOPIC_ARN: 't' };
  expect(detectorEnvironment.read(resources).options).toEqual(resolveOptions({ maxRegimeLength: 10_000 }));
});

test.each([
  [{ VALUE_FIELD: 'seriesId' }, /^VALUE_FIELD must differ from SERIES_ID_FIELD/],
  [{ TIMESTAMP_FIELD: 'seriesId' }, /^TIMESTAMP_FIELD must differ from SERIES_ID_FIELD/],
  [{ SERIES_ID_FIELD: 'a', VALUE_FIELD: 'a.b' }, /^VALUE_FIELD must not lead into another field/],
  [{ TIMESTAMP_FIELD: 'arrival', TIMESTAMP_UNIT: 's' }, /^TIMESTAMP_UNIT must be 'auto'/],
])('settings of records that cannot match together are refused by their variables: %j', (given, message) => {
  const resources = { EVENTS_TABLE: 'events', QUARANTINE_BUCKET: 'bucket' };
  expect(() => recorderEnvironment.read({ ...resources, ...given })).toThrow(message);
});

test('a variable is the name of a setting in capitals, its words apart', () => {
  expect(variableOf('eventRetentionDays')).toBe('EVENT_RETENTION_DAYS');
  expect(variableOf('alpha')).toBe('ALPHA');
  expect(required({ ALPHA: ' x ' }, 'ALPHA')).toBe(' x ');
});
