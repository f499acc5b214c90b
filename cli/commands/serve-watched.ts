import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Clients } from '../../local/clients.ts';
import type { CliContext } from '../context.ts';
import { jsonLine, stylesFor, write } from '../output.ts';
import { sayOnce } from '../service/other-messages.ts';
import type { FoundService } from '../service/service.ts';
import { subscribe } from '../service/subscription.ts';

/** A service with what its page shows. */
export type WatchableService = FoundService<'eventsTable' | 'changePointsTable' | 'topicArn'>;

export interface ServeOptions {
  readonly port?: number;
  /** Whether the page may write. */
  readonly write: boolean;
  readonly json: boolean;
}

/**
 * Serves the page of a service until the signal aborts.
 *
 * The page reads with the credentials of this user, so it tells nothing to other users of this machine: its address has a key.
 */
export async function serveWatched(
  clients: Clients,
  { eventsTable, changePointsTable, rulesTable, topicArn }: WatchableService,
  { port, write: mayWrite, json }: ServeOptions,
  { out, error, environment, signal }: CliContext,
): Promise<void> {
  // Loaded only here: to watch in a terminal needs no page.
  const [{ polledService }, { servePage }] = await Promise.all([
    import('../../web/server/polled-service.ts'),
    import('../../web/server/serve-page.ts'),
  ]);
  const { dynamoDb, sqs } = clients;
  const tables = { dynamoDb, eventsTable, changePointsTable, rulesTable };
  const service = polledService({
    tables,
    sqs,
    subscribe: () => subscribe(clients, topicArn),
    onOther: sayOnce((note) => void error.write(note)),
  });
  const key = randomBytes(16).toString('base64url');
  try {
    const page = await servePage({
      service,
      key,
      readOnly: !mayWrite,
      ...(port !== undefined && { port }),
    });
    try {
      const address = `${page.url}?key=${key}`;
      const { bold } = stylesFor(out, environment);
      const what = mayWrite
        ? ''
        : 'It only shows; with --write, it also acknowledges, mutes and sets options. ';
      const text = `Watch it in a browser: ${bold(address)}\n${what}The address is for you alone. Ctrl-C ends it.\n`;
      await write(out, json ? jsonLine({ type: 'page', page: address }) : text);
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await page.close();
    }
  } finally {
    service.close();
  }
}
