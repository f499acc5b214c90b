import { checkJson } from '../guard/check-json.ts';
import type { Check } from '../guard/whole-requests.ts';

/**
 * What kinesalite does not check itself. It gives all shards in one answer, without a token, so any token is a wrong one.
 *
 * Source: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html
 */
export const checkKinesis: Check = (request, body) => {
  const refused = checkJson(request, body);
  if (refused !== undefined || !/\.ListShards$/.test(String(request.headers['x-amz-target']))) return refused;
  const message = 'NextToken is not one of this stream';
  return hasToken(body) ? { status: 400, type: 'InvalidArgumentException', message } : undefined;
};

/** A null counts as none. Of a call in CBOR this does not tell. */
function hasToken(body: Buffer): boolean {
  try {
    const { NextToken = null } = JSON.parse(body.toString());
    return NextToken !== null;
  } catch {
    return false;
  }
}
