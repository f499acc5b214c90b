import { optionTable, resolveOptions } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { type Context, settingsFromContext } from '../../lib/settings.ts';
import { cdkContext } from './cdk-context.ts';

const known =
  'stackName, streamName, eventsTableName, changePointsTableName, rulesTableName, topicName, email, seriesIdField, timestampField, valueField, ' +
  'timestampUnit, numbersAsText, shards, shardsNow, streamRetentionHours, recorderBatchWindowSeconds, recorderParallelizationFactor, recorderReservedConcurrency, ' +
  'recorderStartsAt, detectorBatchWindowSeconds, detectorParallelizationFactor, detectorReservedConcurrency, peopleTopicName, digestSeconds, eventBus, eventRetentionDays, maxFutureSkewSeconds, ' +
  'shardLevelMetrics, enhancedFanOut, customerManagedKey, tableCapacity, onDemandLimit, warmReads, warmWrites, eventsRecovery, ' +
  'deletionProtection, removal, ' +
  Object.keys(optionTable).join(', ');

describe('settings', () => {
  test('all have a default, and CDK’s own context is none of ours', () => {
    const cdkWords = {
      'cli-telemetry': false,
      'acknowledged-issue-numbers': [1],
      'ssm:account=1:region=x': 'y',
    };
    expect(settingsFromContext({ ...cdkContext, ...cdkWords, 'aws:cdk:version-reporting': true })).toEqual({
      stackName: 'ChangePointDetection',
      streamName: undefined,
      eventsTableName: undefined,
      changePointsTableName: undefined,
      rulesTableName: undefined,
      topicName: undefined,
      email: undefined,
      shards: 1,
      shardsNow: 'unknown',
      streamRetentionHours: 24,
      recorderBatchWindowSeconds: 0,
      recorderParallelizationFactor: 1,
      recorderReservedConcurrency: 'unreserved',
      recorderStartsAt: undefined,
      detectorBatchWindowSeconds: 0,
      detectorParallelizationFactor: 1,
      detectorReservedConcurrency: 'unreserved',
      peopleTopicName: undefined,
      digestSeconds: 60,
      eventBus: undefined,
      shardLevelMetrics: false,
      enhancedFanOut: false,
      customerManagedKey: false,
      tableCapacity: 'on-demand',
      onDemandLimit: 'none',
      warmReads: 'auto',
      warmWrites: 'auto',
      eventsRecovery: true,
      deletionProtection: false,
      removal: 'keep',
      fields: { seriesId: 'seriesId', timestamp: 'timestamp', value: 'value' },
      timestampUnit: 'auto',
      numbersAsText: false,
      eventRetentionDays: 365,
      maxFutureSkewSeconds: 300,
      detector: {
        ...resolveOptions(),
        alpha: 0.01,
        practicalThreshold: 0,
        startup: 5,
        window: 5,
        restart: 'detection',
        maxRegimeLength: 10_000,
      },
    });
  });

  test('are read from the text that -c gives and from the numbers that cdk.json may hold', () => {
    const given = {
      stackName: 'my-plant',
      streamName: 'readings',
      eventsTableName: 'my.events',
      changePointsTableName: 'my-change_points',
      rulesTableName: 'my-rules',
      topicName: 'my_changes',
      email: 'me+aed@mail.example.org',
      shards: 'on-demand',
      shardsNow: 4,
      streamRetentionHours: '168',
      recorderBatchWindowSeconds: '300',
      recorderParallelizationFactor: '10',
      recorderReservedConcurrency: '40',
      recorderStartsAt: '2026-01-31T12:00:00+01:00',
      detectorBatchWindowSeconds: 5,
      detectorParallelizationFactor: 2,
      detectorReservedConcurrency: 20,
      peopleTopicName: 'my_people',
      digestSeconds: '0',
      eventBus: 'plant',
      shardLevelMetrics: 'on',
      enhancedFanOut: 'on',
      customerManagedKey: 'on',
      tableCapacity: 'on-demand',
      onDemandLimit: '2000',
      warmReads: 'auto',
      warmWrites: '5000',
      eventsRecovery: 'off',
      deletionProtection: 'off',
      removal: 'destroy',
      seriesIdField: 'device id',
      timestampField: 'Zeit',
      valueField: '°C',
      timestampUnit: 'us',
      numbersAsText: 'on',
      eventRetentionDays: '7',
      maxFutureSkewSeconds: 0,
      alpha: '1e-3',
      practicalThreshold: 2.5,
      startup: '10',
      window: 0,
      restart: 'change',
      maxRegimeLength: '100000',
    };
    expect(settingsFromContext(given)).toEqual({
      stackName: 'my-plant',
      streamName: 'readings',
      eventsTableName: 'my.events',
      changePointsTableName: 'my-change_points',
      rulesTableName: 'my-rules',
      topicName: 'my_changes',
      email: 'me+aed@mail.example.org',
      shards: 'on-demand',
      shardsNow: 4,
      streamRetentionHours: 168,
      recorderBatchWindowSeconds: 300,
      recorderParallelizationFactor: 10,
      recorderReservedConcurrency: 40,
      recorderStartsAt: '2026-01-31T11:00:00.000Z',
      detectorBatchWindowSeconds: 5,
      detectorParallelizationFactor: 2,
      detectorReservedConcurrency: 20,
      peopleTopicName: 'my_people',
      digestSeconds: 0,
      eventBus: 'plant',
      shardLevelMetrics: true,
      enhancedFanOut: true,
      customerManagedKey: true,
      tableCapacity: 'on-demand',
      onDemandLimit: 2000,
      warmReads: 'auto',
      warmWrites: 5000,
      eventsRecovery: false,
      deletionProtection: false,
      removal: 'destroy',
      fields: { seriesId: 'device id', timestamp: 'Zeit', value: '°C' },
      timestampUnit: 'us',
      numbersAsText: true,
      eventRetentionDays: 7,
      maxFutureSkewSeconds: 0,
      detector: {
        ...resolveOptions(),
        alpha: 0.001,
        practicalThreshold: 2.5,
        startup: 10,
        window: 0,
        restart: 'change',
        maxRegimeLength: 100_000,
      },
    });
  });

  test.each<Context>([
    { seriesIdField: 'partitionKey', timestampField: 'arrival', valueField: 'temp*, hum' },
    { seriesIdField: 'device.id', valueField: 'device.temp,device.hum' },
    { seriesIdField: 'partitionKey', valueField: 'partitionKey.temp' },
  ])('say where series, time and values are: %j', (given) => {
    const { seriesIdField = 'seriesId', timestampField = 'timestamp', valueField } = given;
    expect(settingsFromContext(given).fields).toEqual({
      seriesId: seriesIdField,
      timestamp: timestampField,
      value: valueField,
    });
  });

  test.each<[Context, boolean]>([
    [{}, false],
    [{ customerManagedKey: 'on' }, true],
    [{ customerManagedKey: 'off' }, false],
    [{ customerManagedKey: true }, true],
    [{ customerManagedKey: false }, false],
  ])('are switched by words, and in cdk.json by booleans: %j', (given, isOn) => {
    expect(settingsFromContext(given).customerManagedKey).toBe(isOn);
  });

  const long = 'x'.repeat(257);
  test.each<[Context, string]>([
    [
      { stackName: 'my_plant' },
      "stackName must be a letter and up to 127 of the characters a-z A-Z 0-9 -, got 'my_plant'",
    ],
    [
      { streamName: 'my stream' },
      "streamName must be 1 to 128 of the characters a-z A-Z 0-9 _ . -, got 'my stream'",
    ],
    [{ streamName: '' }, "streamName must be 1 to 128 of the characters a-z A-Z 0-9 _ . -, got ''"],
    [{ streamName: long }, `streamName must be 1 to 128 of the characters a-z A-Z 0-9 _ . -, got '${long}'`],
    [
      { eventsTableName: 'ab' },
      "eventsTableName must be 3 to 255 of the characters a-z A-Z 0-9 _ . -, got 'ab'",
    ],
    [
      { changePointsTableName: 'a/b' },
      "changePointsTableName must be 3 to 255 of the characters a-z A-Z 0-9 _ . -, got 'a/b'",
    ],
    [
      { eventsTableName: 'same', changePointsTableName: 'same' },
      "changePointsTableName must differ from eventsTableName, got 'same'",
    ],
    [
      { eventsTableName: 'same', rulesTableName: 'same' },
      "rulesTableName must differ from eventsTableName and changePointsTableName, got 'same'",
    ],
    [
      { topicName: 'changes.fifo' },
      "topicName must be 1 to 256 of the characters a-z A-Z 0-9 _ -, got 'changes.fifo'",
    ],
    [{ topicName: long }, `topicName must be 1 to 256 of the characters a-z A-Z 0-9 _ -, got '${long}'`],
    [{ email: 'me' }, "email must be an e-mail address, got 'me'"],
    [{ email: 'me@you@example.org' }, "email must be an e-mail address, got 'me@you@example.org'"],
    [{ email: true }, 'email must be text or a number, got true'],
    [{ seriesIdField: '' }, "seriesIdField must be 1 to 255 printable characters, got ''"],
    [{ timestampField: 'a\nb' }, "timestampField must be 1 to 255 printable characters, got 'a\nb'"],
    [
      { timestampField: 'value' },
      "valueField must differ from seriesIdField and timestampField, got 'value'",
    ],
    [{ timestampField: 'seriesId' }, "timestampField must differ from seriesIdField, got 'seriesId'"],
    [
      { valueField: 'seriesId' },
      "valueField must differ from seriesIdField and timestampField, got 'seriesId'",
    ],
    [
      { seriesIdField: 'device..id' },
      "seriesIdField must be names joined by single dots: an empty name can never match, got 'device..id'",
    ],
    [
      { timestampField: '.at' },
      "timestampField must be names joined by single dots: an empty name can never match, got '.at'",
    ],
    [
      { valueField: 'temp,hum.' },
      "valueField must be names joined by single dots: an empty name can never match, got 'hum.'",
    ],
    [{ valueField: 'temp,,hum' }, "valueField must be 1 to 255 printable characters, got ''"],
    [{ valueField: 'temp,hum,temp' }, "valueField must name each field once, got 'temp,hum,temp'"],
    [
      { valueField: Array.from({ length: 51 }, (_, at) => `v${at}`).join() },
      `valueField must have at most 50 names and 1000 characters, got '${Array.from({ length: 51 }, (_, at) => `v${at}`).join()}'`,
    ],
    [{ valueField: 'temp,timestamp' }, "valueField must differ from timestampField, got 'temp,timestamp'"],
    [
      { seriesIdField: 'device', valueField: 'temp,device.temp' },
      "valueField must not lead into another field, got 'device.temp': it can never match, because seriesIdField says that 'device' is no object",
    ],
    [
      { seriesIdField: 'value.id' },
      "seriesIdField must not lead into another field, got 'value.id': it can never match, because valueField says that 'value' is no object",
    ],
    [
      { valueField: 'seriesId.*' },
      "valueField must not lead into another field, got 'seriesId.*': it can never match, because seriesIdField says that 'seriesId' is no object",
    ],
    [{ timestampUnit: 'min' }, "timestampUnit must be 'auto' or 's' or 'ms' or 'us' or 'ns', got 'min'"],
    [
      { timestampField: 'arrival', timestampUnit: 's' },
      "timestampUnit must be 'auto' where timestampField is 'arrival', got 's'",
    ],
    [{ numbersAsText: 'true' }, "numbersAsText must be 'off' or 'on', got 'true'"],
    [{ shards: '0' }, "shards must be an integer from 1 to 10000, got '0'"],
    [{ enhancedFanOut: 'true' }, "enhancedFanOut must be 'off' or 'on', got 'true'"],
    [{ tableCapacity: 'provisioned' }, "tableCapacity must be a number, got 'provisioned'"],
    [{ warmReads: '11999' }, "warmReads must be an integer from 12000 to 1000000, got '11999'"],
    [{ warmWrites: '3999' }, "warmWrites must be an integer from 4000 to 1000000, got '3999'"],
    [{ eventsRecovery: 'true' }, "eventsRecovery must be 'on' or 'off', got 'true'"],
    [{ customerManagedKey: 1 }, "customerManagedKey must be 'off' or 'on', got 1"],
    [{ eventsRecovery: null }, "eventsRecovery must be 'on' or 'off', got null"],
    ...(
      [
        ['onDemandLimit', 'none', '5'],
        ['warmReads', 'auto', '20000'],
        ['warmWrites', 'auto', '20000'],
      ] as const
    ).map(([name, word, got]): [Context, string] => [
      { tableCapacity: '100', [name]: got },
      `${name} must be '${word}' where tableCapacity is a number (100), got '${got}'`,
    ]),
    [
      { shards: 3, recorderParallelizationFactor: 2, recorderReservedConcurrency: 5 },
      "recorderReservedConcurrency must be at least shards · recorderParallelizationFactor (6), got '5'",
    ],
    [{ removal: 'retain' }, "removal must be 'keep' or 'destroy', got 'retain'"],
    [
      { removal: 'destroy', deletionProtection: 'on' },
      "removal must be 'keep' where deletionProtection is on, got 'destroy'",
    ],
    [{ shards: 1.5 }, "shards must be an integer from 1 to 10000, got '1.5'"],
    [{ shardsNow: '0' }, "shardsNow must be an integer from 1 to 10000, got '0'"],
    [
      { shards: '3', shardsNow: '1' },
      "shards must be an integer from 1 to 2 where shardsNow is 1, got '3': " +
        'Kinesis doubles or halves them at most. Deploy 2, then 3, each with the shardsNow of then',
    ],
    [{ streamRetentionHours: '23' }, "streamRetentionHours must be an integer from 24 to 8760, got '23'"],
    [{ streamRetentionHours: 8761 }, "streamRetentionHours must be an integer from 24 to 8760, got '8761'"],
    [
      { recorderBatchWindowSeconds: '301' },
      "recorderBatchWindowSeconds must be an integer from 0 to 300, got '301'",
    ],
    [
      { recorderParallelizationFactor: '0' },
      "recorderParallelizationFactor must be an integer from 1 to 10, got '0'",
    ],
    [
      { recorderStartsAt: '2026-01-31T12:00' },
      "recorderStartsAt must be a time of ISO 8601 with a zone, and not in the future, got '2026-01-31T12:00'",
    ],
    [
      { recorderStartsAt: '9999-01-31T12:00:00Z' },
      "recorderStartsAt must be a time of ISO 8601 with a zone, and not in the future, got '9999-01-31T12:00:00Z'",
    ],
    [
      { detectorBatchWindowSeconds: '0.5' },
      "detectorBatchWindowSeconds must be an integer from 0 to 300, got '0.5'",
    ],
    [
      { detectorParallelizationFactor: 11 },
      "detectorParallelizationFactor must be an integer from 1 to 10, got '11'",
    ],
    [
      { detectorReservedConcurrency: '0' },
      "detectorReservedConcurrency must be an integer from 1 to 10000, got '0'",
    ],
    [{ eventRetentionDays: 'never' }, "eventRetentionDays must be a number, got 'never'"],
    [{ eventRetentionDays: '36501' }, "eventRetentionDays must be an integer from 1 to 36500, got '36501'"],
    [{ maxFutureSkewSeconds: '-1' }, "maxFutureSkewSeconds must be an integer from 0 to 86400, got '-1'"],
    [{ alpha: 'abc' }, "alpha must be a number, got 'abc'"],
    [{ alpha: '' }, "alpha must be a number, got ''"],
    [{ alpha: null }, 'alpha must be text or a number, got null'],
    [{ alpha: '0' }, 'alpha must be a number greater than 0 and less than 1, got 0'],
    [{ alpha: 1 }, 'alpha must be a number greater than 0 and less than 1, got 1'],
    [{ practicalThreshold: '-3' }, 'practicalThreshold must be a finite number of at least 0, got -3'],
    [{ startup: '1' }, 'startup must be an integer of at least 2, got 1'],
    [{ window: '2.5' }, 'window must be an integer of at least 0, got 2.5'],
    [{ restart: 'never' }, "restart must be 'detection' or 'change', got 'never'"],
    [
      { maxRegimeLength: '9' },
      'maxRegimeLength must be an integer from 2 · startup (10) to 100000 in the service, got 9',
    ],
    [
      { maxRegimeLength: '100001' },
      'maxRegimeLength must be an integer from 2 · startup (10) to 100000 in the service, got 100001',
    ],
    [
      { maxRegimeLength: 'Infinity' },
      'maxRegimeLength must be an integer from 2 · startup (10) to 100000 in the service, got Infinity',
    ],
    [{ aplha: '0.05' }, `setting must be one of ${known}, got 'aplha'`],
    [{ 'max-regime-length': '500' }, `setting must be one of ${known}, got 'max-regime-length'`],
  ])('%j is refused', (context, message) => {
    expect(() => settingsFromContext(context)).toThrow(new RangeError(message));
  });
});
