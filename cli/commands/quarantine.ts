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

/** `aed quarantine`: what the service set aside, and its way back. */
export function quarantineCommand(context: QuarantineContext): Command {
  const command = new Command('quarantine').description(
    'Lists, shows and replays records that no parser can read and batches that Lambda gave up on.',
  );
  command
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(replayCommand(context))
    .addHelpText(
      'after',
      `
Examples:
  aed quarantine list --bucket <QuarantineBucketName>
  aed quarantine show quarantine/shardId-000000000000/4957….json
  aed quarantine replay --all --stream <StreamName>`,
    );
  return command;
}

function placed(command: Command): Command {
  return command
    .addOption(
      new Option('-b, --bucket <name>', 'the bucket of the quarantine (default: that of `aed local`)').env(
        'AED_QUARANTINE_BUCKET',
      ),
    )
    .option('-r, --region <name>', 'AWS region of the service')
    .addOption(
      new Option('--endpoint <url>', 'where AWS is to be reached, such as an emulator').argParser(url),
    )
    .option('--json', 'one JSON object a line', false);
}

function listCommand(context: QuarantineContext): Command {
  return placed(
    new Command('list').description('Everything that is set aside: its key, what it is, and why.'),
  )
    .addHelpText('after', '\nExample:\n  aed quarantine list -b my-bucket --json | grep future-timestamp')
    .action((options: ListOptions) =>
      withService(options, context, (objects) => list(objects, options, context)),
    );
}

function showCommand(context: QuarantineContext): Command {
  return placed(
    new Command('show').description('One object: where it came from, what is wrong, and its data.'),
  )
    .argument('<key>', 'as the list has it')
    .option('--data', 'the bytes of the record, and nothing else: to mend them', false)
    .addHelpText('after', '\nExample:\n  aed quarantine show -b my-bucket <key> --data > record.json')
    .action((key: string, options: ShowOptions) =>
      withService(options, context, (objects) => show(objects, key, options, context)),
    );
}

function replayCommand(context: QuarantineContext): Command {
  const command = new Command('replay').description(
    'Brings objects back into the service: records, and batches of the recorder, through the stream; batches of the detector ' +
      'to the detector. What went back is moved under replayed/. Doing it twice changes nothing.',
  );
  return placed(command)
    .argument('[keys...]', 'as the list has them')
    .option('--all', 'everything that the list has', false)
    .option('--data <file>', 'puts the bytes of this file in place of those of the one record', undefined)
    .addOption(
      new Option('-s, --stream <name>', 'where records go (default: where a batch came from)').env(
        'AED_STREAM',
      ),
    )
    .addOption(
      new Option(
        '--detector-function <name>',
        'who is given the batches of the detector (default: who gave them up)',
      ).env('AED_DETECTOR_FUNCTION'),
    )
    .addHelpText(
      'after',
      `
A record that is still bad comes back into the quarantine, under its new sequence number. Its good
entries are events already, and stay as they are. Time of arrival is the time of the replay.

Examples:
  aed quarantine replay -b my-bucket -s my-stream --all
  aed quarantine replay -b my-bucket -s my-stream <key> --data record.json      mended`,
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
