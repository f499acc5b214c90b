import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as clients from '../../lambda/clients.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';

const given = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
};

afterEach(() => vi.unstubAllEnvs());

describe.each([
  ['DynamoDB', clients.dynamoClient, 'AWS_ENDPOINT_URL_DYNAMODB'],
  ['SNS', clients.snsClient, 'AWS_ENDPOINT_URL_SNS'],
  ['SQS', clients.sqsClient, 'AWS_ENDPOINT_URL_SQS'],
  ['EventBridge', clients.eventBridgeClient, 'AWS_ENDPOINT_URL_EVENTBRIDGE'],
  ['S3', clients.s3Client, 'AWS_ENDPOINT_URL_S3'],
] as const)('a client of %s', (_, clientOf, ownEndpoint) => {
  const portOf = async (environment: clients.ClientEnvironment) =>
    (await clientOf({ ...given, ...environment }).config.endpoint?.())?.port;

  test('speaks to the endpoint of its service, else to that of all, else to that of AWS', async () => {
    expect(await portOf({ [ownEndpoint]: 'http://127.0.0.1:2' })).toBe(2);
    expect(await portOf({})).toBe(1);
    expect(await portOf({ AWS_ENDPOINT_URL: undefined })).toBeUndefined();
  });

  test('is of the region and for the credentials of its environment', async () => {
    const { config } = clientOf(given);
    expect(await config.region()).toBe('eu-west-1');
    expect(await config.credentials()).toMatchObject({ accessKeyId: 'id', secretAccessKey: 'secret' });
    const withToken = clientOf({ ...given, AWS_SESSION_TOKEN: 'token' }).config;
    expect(await withToken.credentials()).toMatchObject({ accessKeyId: 'id', sessionToken: 'token' });
  });

  test('is for the credentials that the SDK finds where its environment has none, or only half of them', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'found');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'found, too');
    for (const lacking of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
      const { config } = clientOf({ ...given, [lacking]: undefined });
      expect(await config.credentials()).toMatchObject({ accessKeyId: 'found' });
    }
    const { config } = clientOf({ ...given, AWS_SESSION_TOKEN: undefined });
    expect(await config.credentials()).not.toHaveProperty('sessionToken');
  });

  test('is of the region that the SDK finds where its environment has none', async () => {
    vi.stubEnv('AWS_REGION', 'eu-north-1');
    expect(await clientOf({ ...given, AWS_REGION: undefined }).config.region()).toBe('eu-north-1');
  });

  test('tries a call as often as the limits say, or as it is told', async () => {
    expect(await clientOf(given).config.maxAttempts()).toBe(processingLimits.sdkAttempts);
    const retryStrategy = new ConfiguredRetryStrategy(1, 0);
    expect(await clientOf(given, { retryStrategy }).config.retryStrategy()).toBe(retryStrategy);
  });
});

test('a bucket is named in the path where something stands in for AWS, and else in the host', async () => {
  const forcesPath = async (environment: clients.ClientEnvironment) =>
    clients.s3Client({ ...given, ...environment }).config.forcePathStyle;
  expect(await forcesPath({})).toBe(true);
  expect(await forcesPath({ AWS_ENDPOINT_URL: undefined })).toBe(false);
});
