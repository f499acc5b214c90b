import { Command, Option } from 'commander';
import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { names } from '../../local/resources.ts';
import { type CliContext, FailedError, UsageError } from '../context.ts';
import { forgetSeries, heldOfSeries } from '../forget/forget-series.ts';
import { storesOfSeries } from '../forget/stores-of-series.ts';
import { forgottenText, heldText } from '../forget/view.ts';
import { jsonLine, write } from '../output.ts';
import { addRecordFlags, type RecordFlags, recordSettingsOf } from '../record-flags.ts';
import { addServiceOptions, type ServiceOptions, serviceHelp } from '../service/service.ts';
import { withService } from '../service/with-service.ts';

interface ForgetOptions extends ServiceOptions, RecordFlags {
  readonly bucket?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

const parts = ['eventsTable', 'changePointsTable', 'rulesTable'] as const;

export function forgetCommand(context: CliContext): Command {
  const command = new Command('forget')
    .description('Deletes everything that a service keeps of one series. Without --yes it only counts.')
    .argument('<series>', 'whole name of the series, not a pattern');
  addServiceOptions(command, parts).addOption(
    new Option('-b, --bucket <name>', 'bucket of the quarantine (default: that of `aed local`)').env(
      'AED_QUARANTINE_BUCKET',
    ),
  );
  return addRecordFlags(command, true)
    .optionsGroup('Options:')
    .option('--yes', 'delete it', false)
    .option('--json', 'one JSON object: what there was, and what was deleted', false)
    .addHelpText(
      'after',
      `
${serviceHelp}

It deletes the events of the series, its change points, its state, its own rules and mutes, and its
records in the quarantine: an object that holds other series too is kept without this one. It lists
what it cannot delete, and what remains for a time: logs, backups and streams of a deployed service,
records and notifications of one on this machine.

First stop the producers of the series. What arrives meanwhile is deleted too; what arrives later
starts the series again. If the command is interrupted, run it again: it continues.

Examples:
  aed forget boiler-7                    counts
  aed forget boiler-7 --yes              deletes
  aed forget boiler-7 --yes -r us-east-1 --events-table <EventsTableName> \\
    --change-points-table <ChangePointsTableName> --rules-table <RulesTableName> \\
    --bucket <QuarantineBucketName>`,
    )
    .action((seriesId: string, options: ForgetOptions) => forget(seriesId, options, context));
}

async function forget(seriesId: string, options: ForgetOptions, context: CliContext): Promise<void> {
  const { out, signal } = context;
  const { yes, json } = options;
  const bytes = Buffer.byteLength(seriesId);
  if (seriesId === '' || bytes > processingLimits.seriesIdBytes)
    throw new UsageError(
      `a series must have a name of 1 to ${processingLimits.seriesIdBytes} bytes, got ${bytes} bytes`,
    );
  await withService(options, parts, context, async (service, clients) => {
    const bucket = options.bucket ?? (service.endpoints === undefined ? undefined : names.quarantineBucket);
    if (bucket === undefined)
      throw new UsageError('--bucket must be given as well: the output QuarantineBucketName of the stack');
    const records = recordSettingsOf(options, service.records);
    const stores = storesOfSeries(clients, seriesId, { ...service, bucket, records }, signal);
    const held = await heldOfSeries(stores);
    if (!yes) return await write(out, json ? jsonLine({ seriesId, held }) : heldText(seriesId, held));
    const forgotten = await forgetSeries(seriesId, stores, held, context);
    const isLocal = service.endpoints !== undefined && service.region === undefined;
    const text = () => forgottenText(seriesId, forgotten, isLocal);
    await write(out, json ? jsonLine({ seriesId, held, ...forgotten }) : text());
    const left = forgotten.inseparable.length + forgotten.tooLarge.length;
    if (left > 0)
      throw new FailedError(
        `${plain.counted(left, 'quarantined object')} could not be cut or read, and may still hold ${printable(seriesId)}`,
      );
  });
}
