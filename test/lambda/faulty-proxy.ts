import { createServer } from 'node:http';
import { type Emulator, emulatorOn } from '../../local/emulators/emulator.ts';

/** A call on its way to an emulator. */
export interface Call {
  /** As DynamoDB's protocol names it; empty for other services. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What becomes of a call; `forward` sends it, or another body in its place, on, also to another emulator. Without an answer the caller waits. */
export type Fault = (
  call: Call,
  forward: (body?: string, to?: string) => Promise<Answer>,
) => Promise<Answer | undefined>;

/** A proxy before an emulator: every call through it is logged, and may be held, refused, changed or left hanging. */
export async function faultyProxy(
  target: string,
  fault: Fault,
): Promise<Emulator & { readonly log: readonly Call[] }> {
  const log: Call[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    const operation = String(headers['x-amz-target'] ?? '').replace(/^.*\./, '');
    const call = { operation, method, path, body: Buffer.concat(chunks).toString() };
    log.push(call);
    const { host, connection, 'content-length': length, 'transfer-encoding': encoding, ...kept } = headers;
    const answer = await fault(call, async (body = call.body, to = target) => {
      const headers = kept as Record<string, string>;
      const answered = await fetch(`${to}${path}`, {
        method,
        headers,
        body: method === 'GET' ? null : body,
      });
      return { status: answered.status, body: await answered.text() };
    });
    if (answer === undefined) return;
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(answer.body);
  });
  return { ...(await emulatorOn(server)), log };
}

/** An error as DynamoDB sends it. */
export function refusal(name: string, status = 400): Answer {
  const body = JSON.stringify({
    __type: `com.amazonaws.dynamodb.v20120810#${name}`,
    message: 'by the proxy',
  });
  return { status, body };
}
