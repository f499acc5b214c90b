import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { failureOf, reply } from '../../../local/guard/whole-requests.ts';

test.each([
  [new TypeError('x is not iterable'), 400],
  [new RangeError('Invalid time value'), 400],
  [new SyntaxError('Unexpected token'), 400],
  [new URIError('URI malformed'), 400],
  [new Error('key cannot be an empty Buffer'), 400],
  [new Error('Value cannot be null or undefined'), 400],
  [new Error('the key cannot be read'), 500],
  [new Error('key cannot beat'), 500],
  [new Error('IO error: No space left on device'), 500],
  ['key cannot be a text', 400],
  ['text', 500],
  [undefined, 500],
])('%s is answered with status %d, its type and its words', (error, status) => {
  expect(failureOf(error)).toEqual({
    status,
    type: status === 400 ? 'SerializationException' : 'InternalFailure',
    message: error instanceof Error ? error.message : String(error),
  });
});

function response(headersSent: boolean) {
  const sent = { writeHead: vi.fn(), end: vi.fn(), destroy: vi.fn() };
  return { sent, given: { headersSent, ...sent } as unknown as ServerResponse };
}
const answer = { status: 400, type: 'SerializationException', message: 'the body is not JSON' };

test('an answer says its type in the header and in the body, where SDKs look for it', () => {
  const { sent, given } = response(false);
  reply(given, answer);
  expect(sent.writeHead.mock.calls).toEqual([
    [400, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': 'SerializationException' }],
  ]);
  expect(sent.end.mock.calls.map(([body]) => JSON.parse(body))).toEqual([
    { __type: 'SerializationException', message: 'the body is not JSON' },
  ]);
  expect(sent.destroy).not.toHaveBeenCalled();
});

test('an answer that has begun is broken off', () => {
  const { sent, given } = response(true);
  reply(given, answer);
  expect([sent.writeHead, sent.end, sent.destroy].map(({ mock }) => mock.calls.length)).toEqual([0, 0, 1]);
});
