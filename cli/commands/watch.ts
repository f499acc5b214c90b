import { Command } from 'commander';
import { destroyClients } from '../../local/clients.ts';
import { receiveNotifications } from '../../local/notifications.ts';
import { wholeNumber } from '../arguments.ts';
import { changePointLine } from '../change-point-line.ts';
import type { CliContext } from '../context.ts';
import { jsonLine, stylesFor, write } from '../output.ts';
import { clientsFor } from '../service/clients.ts';
import {
  addServiceOptions,
  findService,
  noService,
  type ServiceOptions,
  serviceHelp,
} from '../service/service.ts';
import { subscribe } from '../service/subscription.ts';

interface WatchOptions extends ServiceOptions {
  readonly series?: string;
  readonly count?: number;
  readonly json: boolean;
}

export function watchCommand(context: CliContext): Command {
  const command = new Command('watch').description(
    'Shows each change point when a service publishes it, until Ctrl-C.',
  );
  return addServiceOptions(command, ['topicArn'])
    .optionsGroup('Options:')
    .option('--series <name>', 'only the change points of this series')
    .option('--count <number>', 'stop after this many change points', wholeNumber(1))
    .option('--json', 'one JSON object a line: the topic, then each change point', false)
    .addHelpText(
      'after',
      `
${serviceHelp}

The command subscribes a queue of its own to the topic, and removes it at the end. In a deployed
service you need permission for both. One that dies leaves its queue; the next \`aed watch\` removes
it an hour later, if it may list queues.

Examples:
  aed watch
  aed watch --series boiler-7 --count 1 && echo 'the boiler changed'
  aed watch --json | jq 'select(.type == "changePoint").magnitude'
  aed watch -r us-east-1 --topic <TopicArn>`,
    )
    .action((options: WatchOptions) => watch(options, context));
}

async function watch(options: WatchOptions, context: CliContext): Promise<void> {
  const service = await findService(options, ['topicArn']);
  if (service === undefined) throw noService();
  const clients = clientsFor(service, context.environment);
  try {
    const subscription = await subscribe(clients, service.topicArn);
    try {
      if (options.json) await write(context.out, jsonLine({ type: 'watching', topic: service.topicArn }));
      else context.error.write('watching; press Ctrl-C to stop\n');
      await show(receiveNotifications(clients, subscription, context.signal), options, context);
    } finally {
      await subscription.remove();
    }
  } finally {
    destroyClients(clients);
  }
  context.signal.throwIfAborted();
}

/** Number of ids that are remembered, so that a repeated notification is shown once. */
const remembered = 10_000;

async function show(
  notifications: ReturnType<typeof receiveNotifications>,
  { series, count = Number.POSITIVE_INFINITY, json }: WatchOptions,
  { out, environment }: CliContext,
): Promise<void> {
  const styles = stylesFor(out, environment);
  const seen = new Set<string>();
  let left = count;
  for await (const found of notifications) {
    if (seen.has(found.id) || (series !== undefined && found.seriesId !== series)) continue;
    seen.add(found.id);
    const [oldest] = seen;
    if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
    await write(
      out,
      json ? jsonLine({ type: 'changePoint', ...found }) : `${changePointLine(found, styles)}\n`,
    );
    left--;
    if (left === 0) return;
  }
}
