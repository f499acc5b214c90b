import { Command, Option } from 'commander';
import {
  type ListOptions,
  list,
  type QuarantineContext,
  type ReplayObjectsOptions,
  replayAll,
  type ShowOptions,
  show,
} from '../quarantine/actions.ts';
import { type KeptObjects, keptObjects } from '../quarantine/bucket.ts';
import { type QuarantineClients, quarantineClients } from '../quarantine/clients.ts';
import { findQuarantine, type QuarantineNames } from '../quarantine/service.ts';
import { url } from '../service/service.ts';

/** `aed quarantine`: lists, shows and replays what the service set aside. */
export function quarantineCommand(context: QuarantineContext): Command {
  const command = new Command('quarantine').description(
    'Lists, shows and replays what a service set aside: records that it cannot read, and batches that Lambda gave up on.',
  );
  command
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(replayCommand(context))
    .addHelpText(
      'after',
      `
Without --bucket, the commands use the quarantine of the service that \`aed local\` runs on this
machine. For a deployed service, give the outputs of its stack.

Examples:
  aed quarantine list
  aed quarantine show quarantine/shardId-000000000000/4957….json
  aed quarantine replay --all
  aed quarantine list -r us-east-1 --bucket <QuarantineBucketName>
  aed quarantine replay --all -r us-east-1 --bucket <QuarantineBucketName> --stream <StreamName>`,
    );
  return command;
}

function placed(command: Command): Command {
  return command
    .addOption(
      new Option('-b, --bucket <name>', 'bucket of the quarantine (default: that of `aed local`)').env(
        'AED_QUARANTINE_BUCKET',
      ),
    )
    .option('-r, --region <name>', 'AWS region of the service')
    .addOption(
      new Option('--endpoint <url>', 'URL of the AWS services, such as that of an emulator').argParser(url),
    )
    .option('--json', 'one JSON object a line', false);
}

function listCommand(context: QuarantineContext): Command {
  return placed(
    new Command('list').description('Lists everything that is set aside: its key, its kind, and the reason.'),
  )
    .addHelpText('after', '\nExample:\n  aed quarantine list -b my-bucket --json | grep future-timestamp')
    .action((options: ListOptions) =>
      withService(options, context, (objects) => list(objects, options, context)),
    );
}

function showCommand(context: QuarantineContext): Command {
  return placed(
    new Command('show').description(
      'Shows one object: where it came from, what is wrong with it, and its data.',
    ),
  )
    .argument('<key>', 'a key from the list')
    .option('--data', 'print only the bytes of the record, for you to correct', false)
    .addHelpText('after', '\nExample:\n  aed quarantine show -b my-bucket <key> --data > record.json')
    .action((key: string, options: ShowOptions) =>
      withService(options, context, (objects) => show(objects, key, options, context)),
    );
}

function replayCommand(context: QuarantineContext): Command {
  const command = new Command('replay').description(
    'Puts objects back into the service. Records and batches of the recorder go through the stream, batches of the detector ' +
      'to the detector. An object that went back moves to replayed/. A repeated replay changes nothing.',
  );
  return placed(command)
    .argument('[keys...]', 'keys from the list')
    .option('--all', 'replay everything in the list', false)
    .option('--data <file>', 'replay the bytes of this file instead of those of the record', undefined)
    .addOption(
      new Option(
        '-s, --stream <name>',
        'stream for the records (default for a batch: the stream it came from)',
      ).env('AED_STREAM'),
    )
    .addOption(
      new Option(
        '--detector-function <name>',
        'function for the batches of the detector (default: the function that failed)',
      ).env('AED_DETECTOR_FUNCTION'),
    )
    .addHelpText(
      'after',
      `
A record that is still bad returns to the quarantine, under a new sequence number. Its good entries
are stored already and stay as they are. The time of arrival becomes that of the replay.

Examples:
  aed quarantine replay -b my-bucket -s my-stream --all
  aed quarantine replay -b my-bucket -s my-stream <key> --data record.json      corrected`,
    )
    .action((keys: readonly string[], options: ReplayObjectsOptions) =>
      withService(options, context, (objects, clients, named) =>
        replayAll(keys, objects, clients, { ...options, ...named }, context),
      ),
    );
}

async function withService(
  options: ListOptions,
  { environment, signal }: QuarantineContext,
  work: (objects: KeptObjects, clients: QuarantineClients, named: QuarantineNames) => Promise<void>,
): Promise<void> {
  const service = await findQuarantine(options, environment);
  const clients = quarantineClients(service, environment);
  try {
    await work(keptObjects(clients.s3, service.bucket, { abortSignal: signal }), clients, service);
  } finally {
    clients.destroy();
  }
}
