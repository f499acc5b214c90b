import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageOf, parkedMessage } from '../../../local/journal/kept-message.ts';
import { keptObject, objectOf } from '../../../local/journal/kept-object.ts';
import { createMessage } from '../../../local/journal/stores.ts';

const throughJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));
const openedAt = new Date('2026-01-31T12:00:00Z');

describe('an object', () => {
  const word = fc.stringMatching(/^[a-z-]{1,8}$/);
  const stored = fc.record({
    key: fc.string(),
    body: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    contentType: fc.string(),
    etag: fc.string(),
    lastModified: fc.date({ noInvalidDate: true }),
    metadata: fc.dictionary(word, fc.string(), { noNullPrototype: true }),
  });

  test('is as it was when it is read from its journal', () => {
    fc.assert(
      fc.property(stored, (given) => {
        const object = { ...given, contentLength: given.body.length };
        expect(objectOf(object.key, throughJson(keptObject(object)), openedAt)).toEqual(object);
      }),
    );
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html: the ETag is the MD5 of the data.
  test('of which an earlier version kept its content alone has a tag of that, and the time of the start', () => {
    const body = Buffer.from('{"Records":[]}');
    const tag = createHash('md5').update(body).digest('hex');
    expect(objectOf('key', { headers: {}, base64: body.toString('base64') }, openedAt)).toEqual({
      key: 'key',
      body,
      contentType: 'application/octet-stream',
      contentLength: body.length,
      etag: `"${tag}"`,
      lastModified: openedAt,
      metadata: {},
    });
  });
});

describe('a message', () => {
  const attributes = { seriesId: { DataType: 'String', StringValue: 'pump 1' } };

  test('that was parked is as it was: its id, its text, its attributes, and how often it was received', () => {
    for (const received of [{}, { approximateFirstReceiveTimestamp: 1_700_000_000_000 }]) {
      const message = { ...createMessage('text', attributes), approximateReceiveCount: 3, ...received };
      const kept = throughJson(parkedMessage(message, 'a receipt', 1_800_000_000));
      expect([kept.receipt, kept.hiddenUntil]).toEqual(['a receipt', 1_800_000_000]);
      expect(messageOf(kept)).toEqual(message);
    }
  });

  test('that nobody has received is a new one', () => {
    const { messageId, approximateReceiveCount, body, messageAttributes } = messageOf({
      MessageBody: 'text',
      MessageAttributes: attributes,
    });
    expect([body, messageAttributes, approximateReceiveCount]).toEqual(['text', attributes, 0]);
    expect(messageId).not.toBe(messageOf({ MessageBody: 'text' }).messageId);
  });
});
