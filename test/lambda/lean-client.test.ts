import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { HttpRequest, HttpResponse } from '@smithy/core/transport';
import { describe, expect, test } from 'vitest';
import { makeLean } from '../../lambda/lean-client.ts';

const utf8 = new TextEncoder();
const answer = (statusCode: number, body: object) =>
  new HttpResponse({ statusCode, headers: {}, body: utf8.encode(JSON.stringify(body)) });

/** A client whose calls are answered here, and the requests that it makes. */
function clientAnswering(response: () => HttpResponse, accessKeyId = () => 'id') {
  const requests: HttpRequest[] = [];
  const client = new DynamoDBClient({
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:1',
    maxAttempts: 1,
    // They have expired at once, so each call asks for them.
    credentials: async () => ({
      accessKeyId: accessKeyId(),
      secretAccessKey: 'secret',
      expiration: new Date(0),
    }),
    requestHandler: {
      handle: async (request: HttpRequest) => {
        requests.push(request);
        return { response: response() };
      },
    },
  });
  return { client, requests };
}

const query = new QueryCommand({
  TableName: 'table',
  KeyConditionExpression: 'seriesId = :series',
  ExpressionAttributeValues: { ':series': { S: 'a' }, ':bytes': { B: Uint8Array.of(1, 2, 255) } },
});
const put = new PutItemCommand({
  TableName: 'table',
  Item: { a: { N: '1e-7' }, b: { B: Uint8Array.of(7) } },
});
const items = [{ a: { N: '1e-7' }, b: { B: 'AQL/' }, c: { M: { d: { L: [{ NULL: true }, { S: 'ü' }] } } } }];
const refused = {
  __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
  message: 'The conditional request failed',
  Item: { version: { N: '3' }, bytes: { B: 'AQL/' } },
};

describe('a lean client and one as the SDK makes it', () => {
  test.each([
    ['a query', query, answer(200, { Count: 1, Items: items })],
    ['a write', put, answer(200, {})],
    ['a write that is refused', put, answer(400, refused)],
    [
      'an answer that is no JSON',
      query,
      new HttpResponse({ statusCode: 500, headers: {}, body: utf8.encode('<p>') }),
    ],
  ])('send the same request and give the same result: %s', async (_, command, response) => {
    const outcomes = [];
    for (const isLean of [false, true]) {
      const { client, requests } = clientAnswering(() => response);
      if (isLean) makeLean(client);
      const result = await client.send(command as QueryCommand).then(
        ({ $metadata, ...output }) => ({ output, status: $metadata.httpStatusCode }),
        ({ name, message, Item, $metadata }) => ({ name, message, Item, status: $metadata.httpStatusCode }),
      );
      const [{ method, hostname, port, path, headers, body } = new HttpRequest({})] = requests;
      const { host, 'content-type': type, 'x-amz-target': target } = headers;
      outcomes.push({ result, request: { method, hostname, port, path, body, host, type, target } });
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
  });

  test('sign with the credentials that are valid at the call', async () => {
    let accessKeyId = 'first';
    const { client, requests } = clientAnswering(
      () => answer(200, {}),
      () => accessKeyId,
    );
    makeLean(client);
    await client.send(put);
    accessKeyId = 'second';
    await client.send(put);
    const signed = requests.map(({ headers: { authorization = '' } }) => authorization);
    expect(signed[0]).toMatch(/^AWS4-HMAC-SHA256 Credential=first\/\d{8}\/eu-west-1\/dynamodb\/aws4_request/);
    expect(signed[1]).toMatch(/^AWS4-HMAC-SHA256 Credential=second\//);
  });
});

test('a lean client leaves out what the SDK does for others, by the names that the SDK gives it', () => {
  const needless = /loggerMiddleware|getUserAgentMiddleware|recursionDetectionMiddleware/;
  const { client } = clientAnswering(() => answer(200, {}));
  const middlewareOf = () => client.middlewareStack.identify().filter((name) => needless.test(name));
  expect(middlewareOf()).toHaveLength(3);
  makeLean(client);
  expect(middlewareOf()).toEqual([]);
});
