import type { IncomingHttpHeaders } from 'node:http';

/** An answer of a service. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Three ways in which a service refuses a request. */
type Refusal = 'throttled' | 'failed' | 'refused';

const dynamoErrors = {
  throttled: [400, 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException'],
  failed: [500, 'com.amazonaws.dynamodb.v20120810#InternalServerError'],
  refused: [400, 'com.amazon.coral.service#AccessDeniedException'],
} as const;

const snsErrors = {
  throttled: [400, 'Throttling'],
  failed: [500, 'InternalError'],
  refused: [403, 'AuthorizationError'],
} as const;

const s3Errors = {
  throttled: [503, 'SlowDown'],
  failed: [500, 'InternalError'],
  refused: [403, 'AccessDenied'],
} as const;

/** The refusal in the format of the service that was called. */
export function refusal(kind: Refusal, method: string, headers: IncomingHttpHeaders): Answer {
  if (headers['x-amz-target'] !== undefined) {
    const [status, __type] = dynamoErrors[kind];
    return {
      status,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify({ __type, message: 'by the schedule' }),
    };
  }
  const isS3 = method === 'PUT';
  const [status, code] = (isS3 ? s3Errors : snsErrors)[kind];
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>by the schedule</Message></Error>`;
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: isS3 ? error : `<ErrorResponse>${error}<RequestId>none</RequestId></ErrorResponse>`,
  };
}
