import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from '../../local/guard/own-requests.ts';
import { userName } from '../../local/user-name.ts';
import type { Writes } from '../wire.ts';
import { pageLimits } from './page-limits.ts';

/** A write: takes what the page sent, and answers with an object. @throws RangeError naming what is wrong with it */
export type PageWrite = (body: Readonly<Record<string, unknown>>) => Promise<object>;

/** The header that carries the token. A page of another site cannot send it without asking, and is not answered. */
export const tokenHeader = 'x-aed-token';

/** What the page may write, under a token of its own. @param rules - whether it knows the table of rules */
export function newWrites(rules: boolean): Writes {
  return { token: randomBytes(32).toString('hex'), user: userName(process.env) ?? '', rules };
}

/**
 * Does a write, and answers with JSON, or with the reason why not.
 *
 * The guard has let through only requests of this page and of programs. The token tells the page from the programs: it is in what
 * the page reads, which no page of another site can. Source: OWASP, Cross-Site Request Forgery Prevention Cheat Sheet, "Custom
 * request headers", https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export async function answerWrite(
  request: IncomingMessage,
  response: ServerResponse,
  write: PageWrite,
  writes: Writes | undefined,
): Promise<void> {
  const refused = refusedWrite(request, writes);
  if (refused !== undefined) return answer(response, refused);
  try {
    const body = await bodyOf(request);
    if ('status' in body) return answer(response, body);
    const done = await write(body.fields);
    response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(done));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    answer(response, { status: error instanceof RangeError ? 400 : 502, reason });
  }
}

function refusedWrite({ headers }: IncomingMessage, writes: Writes | undefined): Refusal | undefined {
  if (writes === undefined) return { status: 403, reason: 'this page only shows: it was started so' };
  if (!isToken(headers[tokenHeader], writes.token)) {
    return { status: 403, reason: `${tokenHeader} must be the token of this page: load the page anew` };
  }
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\b/.test(type))
    return { status: 415, reason: `content-type must be application/json, got '${type}'` };
  return undefined;
}

function isToken(given: unknown, token: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function bodyOf(
  request: IncomingMessage,
): Promise<{ readonly fields: Readonly<Record<string, unknown>> } | Refusal> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > pageLimits.writeBytes)
      return { status: 413, reason: `a write has at most ${pageLimits.writeBytes} bytes` };
    chunks.push(chunk);
  }
  try {
    const fields = JSON.parse(Buffer.concat(chunks).toString());
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return { fields };
  } catch {
    // Said below.
  }
  return { status: 400, reason: 'the body must be a JSON object' };
}

function answer(response: ServerResponse, { status, reason }: Refusal): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reason}\n`);
}
