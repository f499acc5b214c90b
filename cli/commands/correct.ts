import { Command } from 'commander';
import { timeOfEventKey } from '../../lambda/event.ts';
import { printable } from '../../lambda/printable.ts';
import { shortIso } from '../../lambda/times.ts';
import { type CliContext, UsageError } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { correctReading, instantOf, shownValue, storableNumber } from '../service/correct-reading.ts';
import { addServiceOptions, type ServiceOptions, serviceHelp } from '../service/service.ts';
import { withService } from '../service/with-service.ts';

interface CorrectOptions extends ServiceOptions {
  readonly eventId?: string;
  readonly delete: boolean;
  readonly json: boolean;
}

export function correctCommand(context: CliContext): Command {
  const command = new Command('correct')
    .description('Gives one reading of a service another value, or deletes it.')
    .argument('<series>', 'name of the series')
    .argument('<time>', 'time of the reading: ISO 8601 with a zone', instantOf)
    .argument('[value]', 'the value that it should have', storableNumber);
  return addServiceOptions(command, ['eventsTable'])
    .optionsGroup('Options:')
    .option('--event-id <id>', 'which reading, if there are several at that time')
    .option('--delete', 'delete the reading', false)
    .option('--json', 'one JSON object: the key, and the value before and now', false)
    .addHelpText(
      'after',
      `
${serviceHelp}

The service tests with the new value from the next event of the series on. A change point that the
readings no longer show is retracted, and the retraction is published. Old readings are not tested
again: a change that only the new value would show is not found.

If the reading is put again with its old value, it has the old value again.

\`aed history SERIES --around change\` lists the readings around the last change, with the
times and ids that this command takes; --around TIME lists those around a time.

Examples:
  aed history boiler-7 --around 2026-01-31T10:20:00Z
  aed correct boiler-7 2026-01-31T10:20:00Z 71.3
  aed correct boiler-7 2026-01-31T10:20:00Z --delete`,
    )
    .action((seriesId: string, instant: ReturnType<typeof instantOf>, value: number | undefined, options) =>
      correct(seriesId, { ...instant, value }, options, context),
    );
}

async function correct(
  seriesId: string,
  { value, ...instant }: ReturnType<typeof instantOf> & { readonly value: number | undefined },
  options: CorrectOptions,
  context: CliContext,
): Promise<void> {
  if ((value === undefined) !== options.delete)
    throw new UsageError(
      `correct needs either a value or --delete, got ${options.delete ? 'both' : 'neither'}`,
    );
  const { out, signal } = context;
  await withService(options, ['eventsTable'], context, async ({ eventsTable }, { dynamoDb }) => {
    const { eventKey, before } = await correctReading(
      dynamoDb,
      eventsTable,
      { seriesId, ...instant, ...(options.eventId !== undefined && { eventId: options.eventId }) },
      value,
      signal,
    );
    const now = value === undefined ? { deleted: true } : { value };
    const what = value === undefined ? 'deleted' : shownValue(value);
    const line = `${printable(seriesId)} at ${shortIso(timeOfEventKey(eventKey))}: ${shownValue(before)} → ${what}\n`;
    await write(out, options.json ? jsonLine({ seriesId, eventKey, before, ...now }) : line);
  });
}
