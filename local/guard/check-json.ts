import type { IncomingMessage } from 'node:http';
import type { JsonAnswer } from './whole-requests.ts';

/**
 * Checks the body of a call in AWS's JSON protocols: it must be an object, and no list in it may have a null. Both make the
 * emulators throw. Other calls are not judged.
 *
 * Source: Smithy, AWS JSON 1.0 protocol, https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html: the input is an object,
 * and only lists with the trait `sparse`, of which these services have none, contain nulls.
 */
export function checkJson(
  { headers }: Pick<IncomingMessage, 'headers'>,
  body: Buffer,
): JsonAnswer | undefined {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  // An object of S3 may be plain JSON, and then names no target.
  const isCall = type.includes('x-amz-json-1.') || (type === 'application/json' && 'x-amz-target' in headers);
  if (!isCall) return undefined;
  let input: unknown;
  try {
    input = JSON.parse(body.toString());
  } catch {
    return serialization('the body is not JSON');
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return serialization('the body is not a JSON object');
  // Nearly no request has a null anywhere, and the text tells that sooner than a search of all values.
  const hasNull = body.includes('null') && hasNullInList(input);
  return hasNull ? serialization('a list contains a null') : undefined;
}

/** Without recursion, for JSON of any depth. */
export function hasNullInList(input: object): boolean {
  const open: object[] = [input];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const member of Object.values(next)) {
      if (member === null && Array.isArray(next)) return true;
      if (typeof member === 'object' && member !== null && !Buffer.isBuffer(member)) open.push(member);
    }
  }
  return false;
}

function serialization(message: string): JsonAnswer {
  return { status: 400, type: 'SerializationException', message };
}
