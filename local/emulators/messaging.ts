import type { IncomingMessage } from 'node:http';
import { buildApp } from 'fauxqs';
import { type Emulator, type EmulatorOptions, isOfWebPage, refusal } from './emulator.ts';

/** The part of Fastify, on which fauxqs runs, that is used here. */
interface Reply {
  code(status: number): { send(text: string): unknown };
}

/** SNS, SQS and S3, in one server. */
export async function startMessaging({ port = 0 }: Pick<EmulatorOptions, 'port'> = {}): Promise<Emulator> {
  const app = buildApp({ logger: false });
  app.addHook('onRequest', async (request: Pick<IncomingMessage, 'headers'>, reply: Reply) => {
    if (isOfWebPage(request)) return reply.code(refusal.status).send(refusal.reason);
  });
  app.addHook('preHandler', async (request: { body: unknown }) => selectProtocolMessage(request.body));
  const endpoint = await app.listen({ port, host: '127.0.0.1' });
  return { endpoint, close: () => app.close() };
}

/**
 * With `MessageStructure: json` SNS sends each protocol a text of its own. fauxqs ignores that. It delivers only to SQS, so
 * the message is replaced by what SNS would deliver there.
 */
function selectProtocolMessage(body: unknown): void {
  const request = body as { Action?: string; MessageStructure?: string; Message?: string } | undefined;
  if (request?.Action !== 'Publish' || request.MessageStructure !== 'json') return;
  const messages = JSON.parse(request.Message ?? '{}');
  request.Message = messages.sqs ?? messages.default;
}
