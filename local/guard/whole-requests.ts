import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { confine } from './confine.ts';
import { intercept } from './guard-server.ts';

/** An answer in the JSON of AWS's protocols. */
export interface JsonAnswer {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

/** Judges a request before the emulator sees it. @returns why it is refused, if it is */
export type Check = (request: Pick<IncomingMessage, 'headers'>, body: Buffer) => JsonAnswer | undefined;

/** The longest body that DynamoDB takes; Kinesis takes less. */
const mostBytes = 16 * 1024 * 1024;

/**
 * Gives a server whole requests alone, after a check. What it throws while it answers one becomes the answer to that one.
 *
 * A client that goes away amid its request is told nothing, and neither is the server.
 *
 * @param onThrown - called with what it throws
 */
export function answerWholeRequests(
  server: Server,
  check: Check,
  onThrown: (error: unknown) => void = () => {},
): void {
  intercept(server, (request, response, answer) => {
    readBody(request, (body) => {
      if (body === undefined) return void response.destroy();
      if (body === 'too large') {
        return reply(response, {
          status: 413,
          type: 'RequestEntityTooLarge',
          message: `a body has at most ${mostBytes} bytes`,
        });
      }
      const failed = (error: unknown) => {
        onThrown(error);
        reply(response, failureOf(error));
      };
      confine(() => {
        const refused = check(request, body);
        if (refused === undefined) answer(again(request, body), response);
        else reply(response, refused);
      }, failed);
    });
  });
}

/** @param done - called once, with `undefined` if the client went away before the end */
function readBody(request: IncomingMessage, done: (body: Buffer | 'too large' | undefined) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isDone = false;
  const end = (body: Buffer | 'too large' | undefined) => {
    if (isDone) return;
    isDone = true;
    done(body);
  };
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= mostBytes) return void chunks.push(chunk);
    end('too large');
    request.destroy();
  });
  request.on('end', () => end(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
  // An error is followed by `close`. It would be thrown if nobody listened.
  request.on('error', () => {});
  request.on('close', () => end(undefined));
}

/** The same request, to be read anew. Its events are on behalf of the work that runs now, and its end leaves the connection. */
function again(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { method, url, headers, rawHeaders, httpVersion, socket } = request;
  const repeated = new Readable({
    read() {
      if (body.length > 0) this.push(body);
      this.push(null);
    },
  });
  return Object.assign(repeated, {
    method,
    url,
    headers,
    rawHeaders,
    httpVersion,
    socket,
  }) as unknown as IncomingMessage;
}

/** What the emulators throw at input that they cannot use. */
const atInput = [TypeError, RangeError, SyntaxError, URIError];

/** The answer to a request that the emulator failed at. */
export function failureOf(error: unknown): JsonAnswer {
  const message = error instanceof Error ? error.message : String(error);
  // Their databases refuse a key or a value that the input lacks.
  return atInput.some((kind) => error instanceof kind) || /^(key|value) cannot be\b/i.test(message)
    ? { status: 400, type: 'SerializationException', message }
    : { status: 500, type: 'InternalFailure', message };
}

export function reply(response: ServerResponse, { status, type, message }: JsonAnswer): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ __type: type, message }));
}
