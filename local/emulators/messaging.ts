import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildApp } from 'fauxqs';
import { checkJson } from '../guard/check-json.ts';
import { closedOnFailure } from '../guard/closed-on-failure.ts';
import { holdExceptions } from '../guard/confine.ts';
import { guardServer } from '../guard/guard-server.ts';
import { answerWholeRequests, failureOf } from '../guard/whole-requests.ts';
import { type Journal, openJournal } from '../journal/journal.ts';
import { type KeptTopic, keepNotifications, sendUntaken } from '../journal/keep-notifications.ts';
import { keepObjects } from '../journal/keep-objects.ts';
import { listInOrder } from '../journal/list-in-order.ts';
import { newStores } from '../journal/stores.ts';
import type { Emulator, EmulatorOptions } from './emulator.ts';
import { keepOwnMemory } from './own-memory.ts';
import { tellOwnQueueUrls } from './queue-urls.ts';

export interface MessagingEmulator extends Emulator {
  /** Sends into a queue what an earlier emulator with this folder left in it. */
  sendUntaken(queue: string): void;
}

/** The part of Fastify, on which fauxqs runs, that is used here. */
interface Reply {
  code(status: number): { send(answer: object): unknown };
}

/**
 * SNS, SQS and S3, in one server.
 *
 * A folder keeps the objects, and the messages of one topic that its queues have not been rid of. Everything else is in memory.
 *
 * @throws Error if what the folder keeps is damaged
 */
export async function startMessaging({
  port = 0,
  folder,
  keptTopic,
}: EmulatorOptions & { readonly keptTopic?: KeptTopic } = {}): Promise<MessagingEmulator> {
  const stores = newStores();
  const app = buildApp({ logger: false, stores });
  keepOwnMemory(app);
  app.addHook('preHandler', async (request: { body: unknown }) => selectProtocolMessage(request.body));
  tellOwnQueueUrls(app);
  app.setErrorHandler((error: Error & { statusCode?: number }, _: unknown, reply: Reply) => {
    const { status, type, message } = failureOf(error);
    return reply.code(error.statusCode ?? status).send({ __type: type, message });
  });
  const journal = folder === undefined ? undefined : await openJournalIn(folder);
  const close = async () => {
    await app.close();
    journal?.close();
  };
  return closedOnFailure(close, async () => {
    if (journal !== undefined) {
      keepObjects(stores.s3Store, journal);
      if (keptTopic !== undefined) keepNotifications(app, stores.sqsStore, journal, keptTopic);
    }
    listInOrder(stores.s3Store);
    answerWholeRequests(app.server, checkJson);
    guardServer(app.server);
    const endpoint = await app.listen({ port, host: '127.0.0.1' });
    const release = holdExceptions();
    return {
      endpoint,
      sendUntaken(queue) {
        if (journal !== undefined) sendUntaken(stores.sqsStore, journal, queue);
      },
      async close() {
        await close();
        release();
      },
    };
  });
}

async function openJournalIn(folder: string): Promise<Journal> {
  await mkdir(folder, { recursive: true });
  return openJournal(join(folder, 'journal.jsonl'));
}

/**
 * With `MessageStructure: json` SNS sends each protocol a text of its own, and no attributes. fauxqs ignores that. It delivers only
 * to SQS, so the message is replaced by what SNS would deliver there.
 *
 * "Message attributes are sent only when the message structure is String, not JSON."
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
function selectProtocolMessage(body: unknown): void {
  const request = body as Record<string, string | undefined> | undefined;
  if (request?.Action !== 'Publish' || request.MessageStructure !== 'json') return;
  const messages = JSON.parse(request.Message ?? '{}');
  request.Message = messages.sqs ?? messages.default;
  for (const name of Object.keys(request)) if (name.startsWith('MessageAttributes.')) delete request[name];
}
