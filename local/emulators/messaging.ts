import { buildApp } from 'fauxqs';
import { checkJson } from '../guard/check-json.ts';
import { holdExceptions } from '../guard/confine.ts';
import { guardServer } from '../guard/guard-server.ts';
import { answerWholeRequests, failureOf } from '../guard/whole-requests.ts';
import type { Emulator, EmulatorOptions } from './emulator.ts';

/** The part of Fastify, on which fauxqs runs, that is used here. */
interface Reply {
  code(status: number): { send(answer: object): unknown };
}

/** SNS, SQS and S3, in one server. */
export async function startMessaging({ port = 0 }: Pick<EmulatorOptions, 'port'> = {}): Promise<Emulator> {
  const app = buildApp({ logger: false });
  app.addHook('preHandler', async (request: { body: unknown }) => selectProtocolMessage(request.body));
  app.setErrorHandler((error: Error & { statusCode?: number }, _: unknown, reply: Reply) => {
    const { status, type, message } = failureOf(error);
    return reply.code(error.statusCode ?? status).send({ __type: type, message });
  });
  answerWholeRequests(app.server, checkJson);
  guardServer(app.server);
  const endpoint = await app.listen({ port, host: '127.0.0.1' });
  const release = holdExceptions();
  return {
    endpoint,
    async close() {
      await app.close();
      release();
    },
  };
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
