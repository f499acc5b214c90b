/** The server that a request goes to. */
export type ServerName = 'kinesis' | 'dynamoDb' | 'messaging' | 'lambda' | 'page';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A request that its server answers well. Texts such as `$ITERATOR` stand for what is known only once the server runs. */
export interface Example {
  readonly server: ServerName;
  /** As AWS names it. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, to be written as such, or text. */
  readonly body: Json;
}

const signature = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20260101T000000Z',
};

/** Calls of one service in the JSON protocol, by operation. */
export function jsonExamples(
  server: ServerName,
  target: string,
  contentType: string,
  bodies: readonly (readonly [operation: string, body: Json])[],
): readonly Example[] {
  return bodies.map(([operation, body]) => ({
    server,
    operation,
    method: 'POST',
    path: '/',
    headers: { ...signature, 'content-type': contentType, 'x-amz-target': `${target}.${operation}` },
    body,
  }));
}

/** Calls of one service by method and path. */
export function pathExamples(
  server: ServerName,
  calls: readonly (readonly [operation: string, method: string, path: string, body?: Json])[],
): readonly Example[] {
  return calls.map(([operation, method, path, body = '']) => ({
    server,
    operation,
    method,
    path,
    headers: signature,
    body,
  }));
}
