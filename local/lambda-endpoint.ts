import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Emulator, emulatorOn } from './emulators/emulator.ts';
import { type Handler, invoke } from './event-source-mapping/invoke.ts';
import { proofOf, proofPath } from './proof.ts';

/** Functions by name, with their time-outs. */
export type Functions = Readonly<
  Record<string, { readonly handler: Handler<never>; readonly timeoutSeconds: number }>
>;

/** Lambda's payload limit for a synchronous invocation. */
const payloadBytes = 6 * 1024 * 1024;

const path = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?.*)?$/;

/**
 * Lambda's Invoke for these functions, for SDK clients and the AWS CLI.
 *
 * A function is called by its name or its ARN. A dry run does not run it, and who calls it for an event is answered at once; nobody is told then
 * whether it fails. Signatures are not checked. The endpoint also proves that it holds the secret.
 *
 * @param port - a free one by default
 */
export function startLambdaEndpoint(functions: Functions, secret: string, port?: number): Promise<Emulator> {
  const server = createServer((request, response) => {
    const proof = proofAsked(request, secret);
    if (proof !== undefined) return response.end(proof);
    // A client that disconnects during a request ends its own call and no other.
    answer(functions, request, response).catch(() => response.destroy());
  });
  return emulatorOn(server, port);
}

function proofAsked({ method, url = '' }: IncomingMessage, secret: string): string | undefined {
  const isAsked = method === 'GET' && url.startsWith(proofPath);
  return isAsked ? proofOf(secret, url.slice(proofPath.length)) : undefined;
}

async function answer(
  functions: Functions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = request.method === 'POST' ? functionName(request.url ?? '') : undefined;
  const called = name !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (name === undefined || called === undefined) {
    return refuse(response, 404, 'ResourceNotFoundException', `Function not found: ${name ?? request.url}`);
  }
  const payload = await readPayload(request);
  if (payload === undefined) {
    return refuse(response, 413, 'RequestTooLargeException', `a payload has at most ${payloadBytes} bytes`);
  }
  let event: { readonly Records: readonly never[] };
  try {
    event = JSON.parse(payload);
  } catch {
    return refuse(response, 400, 'InvalidRequestContentException', 'the payload is not JSON');
  }
  const run = async () => invoke(called.handler, event.Records, name, called.timeoutSeconds);
  switch (request.headers['x-amz-invocation-type']) {
    case 'DryRun':
      response.writeHead(204).end();
      return;
    case 'Event':
      response.writeHead(202).end();
      await run().catch(() => {});
      return;
    default:
      return answerWith(run, response);
  }
}

async function answerWith(run: () => Promise<unknown>, response: ServerResponse): Promise<void> {
  try {
    const result = await run();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(result ?? null));
  } catch (error) {
    const { name: errorType, message: errorMessage } =
      error instanceof Error ? error : new Error(String(error));
    response.writeHead(200, { 'content-type': 'application/json', 'x-amz-function-error': 'Unhandled' });
    response.end(JSON.stringify({ errorMessage, errorType }));
  }
}

/** The name in the address. An ARN may also name a version, which is ignored. */
function functionName(url: string): string | undefined {
  const given = path.exec(url)?.[1]?.replaceAll(/%3a/gi, ':');
  return given?.startsWith('arn:') ? given.split(':')[6] : given?.split(':')[0];
}

async function readPayload(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > payloadBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, status: number, type: string, Message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ Type: 'User', Message }));
}
