import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkJson, hasNullInList } from '../../../local/guard/check-json.ts';

const call = (type: string) => ({
  headers: { 'content-type': type, 'x-amz-target': 'Kinesis_20131202.PutRecords' },
});
const json = call('application/x-amz-json-1.1');
const why = (body: string, request: Parameters<typeof checkJson>[0] = json) =>
  checkJson(request, Buffer.from(body))?.message;

test.each([
  ['', 'the body is not JSON'],
  ['{"a":', 'the body is not JSON'],
  ['null', 'the body is not a JSON object'],
  ['[]', 'the body is not a JSON object'],
  ['"text"', 'the body is not a JSON object'],
  ['{"Records":[null]}', 'a list contains a null'],
  ['{"a":{"b":[[1,null]]}}', 'a list contains a null'],
])('%j is refused: %s', (body, reason) => {
  expect(why(body)).toBe(reason);
  expect(checkJson(json, Buffer.from(body))).toMatchObject({ status: 400, type: 'SerializationException' });
});

test.each(['{}', '{"a":null}', '{"a":[{"b":null}],"c":{"NULL":true}}'])('%j passes', (body) => {
  expect(why(body)).toBeUndefined();
});

test('what is no call in JSON is not judged: a form, an object of S3, even one of JSON', () => {
  for (const type of [
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/x-amz-cbor-1.1',
    undefined,
  ])
    expect(why('null', { headers: type === undefined ? {} : { 'content-type': type } })).toBeUndefined();
  expect(why('null', { headers: { 'content-type': 'application/json' } })).toBeUndefined();
  expect(why('null', call('application/json; charset=utf-8'))).toBe('the body is not a JSON object');
});

test('a null in a list is found wherever it is, and no other null is taken for one', () => {
  const definition = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    ((Array.isArray(value) && value.includes(null)) || Object.values(value).some(definition));
  fc.assert(
    fc.property(fc.oneof(fc.object(), fc.array(fc.anything())), (value) => {
      expect(hasNullInList(value)).toBe(definition(value));
    }),
  );
});

test('depth is no limit', () => {
  const depth = 100_000;
  expect(hasNullInList(JSON.parse(`${'['.repeat(depth)}null${']'.repeat(depth)}`))).toBe(true);
});
