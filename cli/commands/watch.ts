import { Command } from 'commander';
import { tellingId } from '../../lambda/change-point.ts';
import { type OtherMessage, receiveNotifications } from '../../local/notifications.ts';
import { wholeNumber } from '../arguments.ts';
import { changePointLine } from '../change-point-line.ts';
import { type CliContext, UsageError } from '../context.ts';
import { jsonLine, stylesFor, write } from '../output.ts';
import { isToPeople, peopleText, sayOnce } from '../service/other-messages.ts';
import { addServiceOptions, type ServiceOptions, serviceHelp } from '../service/service.ts';
import { subscribe } from '../service/subscription.ts';
import { withService } from '../service/with-service.ts';
import { serveWatched } from './serve-watched.ts';

interface WatchOptions extends ServiceOptions {
  readonly series?: string;
  readonly count?: number;
  readonly serve: boolean;
  readonly port?: number;
  readonly write: boolean;
  readonly json: boolean;
}

export function watchCommand(context: CliContext): Command {
  const command = new Command('watch').description(
    'Shows each change point when a service publishes it, until Ctrl-C.',
  );
  return addServiceOptions(command, ['topicArn', 'eventsTable', 'changePointsTable', 'rulesTable'])
    .optionsGroup('Options:')
    .option('--series <name>', 'only the change points of this series')
    .option('--count <number>', 'stop after this many change points', wholeNumber(1))
    .option('--serve', 'serve a page on which to watch, in a browser of this machine', false)
    .option('--port <number>', 'port of the page (default: a free port)', wholeNumber(1, 65_535))
    .option(
      '--write',
      'let the page acknowledge changes, mute series and set options (default: it only shows)',
      false,
    )
    .option('--json', 'one JSON object a line: the topic, then each change point', false)
    .addHelpText(
      'after',
      `
${serviceHelp}

The command subscribes a queue of its own to the topic, and removes it at the end. In a deployed
service you need permission for both. If it is killed, its queue stays; an \`aed watch\` that runs an
hour later removes it, if it may list queues.

The topic is that of change points (TopicArn, AED_TOPIC). With the topic of people (PeopleTopicArn,
AED_PEOPLE_TOPIC), it shows the texts that they get, and says so; --count does not count them.

The page needs the tables as well, and permission to query and scan them. Without the rules table,
it does not show options that come from rules. It reads with your credentials, so its address has a
key, and is for you alone. It looks at ten series a second.

Examples:
  aed watch
  aed watch --series boiler-7 --count 1 && echo 'the boiler changed'
  aed watch --json | jq 'select(.type == "changePoint").magnitude'
  aed watch -r us-east-1 --topic <TopicArn>
  aed watch --serve --topic <TopicArn> \\
    --events-table <EventsTableName> --change-points-table <ChangePointsTableName>`,
    )
    .action((options: WatchOptions) => watch(options, context));
}

async function watch(options: WatchOptions, context: CliContext): Promise<void> {
  if (options.serve) return watchOnPage(options, context);
  for (const name of ['port', 'write'] as const)
    if (options[name]) throw new UsageError(`--${name} is for a page: give --serve as well`);
  await withService(options, ['topicArn'], context, async ({ topicArn }, clients) => {
    const subscription = await subscribe(clients, topicArn);
    try {
      if (options.json) await write(context.out, jsonLine({ type: 'watching', topic: topicArn }));
      else context.error.write('watching; press Ctrl-C to stop\n');
      const showOther = otherShower(options, context);
      await show(receiveNotifications(clients, subscription, context.signal, showOther), options, context);
    } finally {
      await subscription.remove();
    }
  });
  context.signal.throwIfAborted();
}

/** Shows the messages to people, unless one series is asked for, and notes what every other message is that is no change point. */
function otherShower(
  { series, json }: WatchOptions,
  { out, error }: CliContext,
): (message: OtherMessage) => void {
  const say = sayOnce((note) => void error.write(note));
  return (message) => {
    say(message);
    if (series !== undefined || !isToPeople(message)) return;
    out.write(json ? jsonLine({ type: 'toPeople', ...message }) : peopleText(message));
  };
}

async function watchOnPage(options: WatchOptions, context: CliContext): Promise<void> {
  for (const name of ['series', 'count'] as const)
    if (options[name] !== undefined)
      throw new UsageError(`--${name} is not for a page: leave out --serve or --${name}`);
  const parts = ['topicArn', 'eventsTable', 'changePointsTable'] as const;
  await withService(options, parts, context, (service, clients) =>
    serveWatched(clients, service, options, context),
  );
  context.signal.throwIfAborted();
}

/** Number of messages that are remembered, so that a repeated notification is shown once. */
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
    if (seen.has(tellingId(found)) || (series !== undefined && found.seriesId !== series)) continue;
    seen.add(tellingId(found));
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
