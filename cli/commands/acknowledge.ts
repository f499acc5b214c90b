import { Command } from 'commander';
import { acknowledgementOf } from '../../lambda/acknowledgement.ts';
import { timeOfEventKey } from '../../lambda/event.ts';
import { plain } from '../../lambda/figures.ts';
import { printable, withoutControls } from '../../lambda/printable.ts';
import type { KnownChangePoint } from '../../lambda/tables/stored-change-point.ts';
import { shortIso } from '../../lambda/times.ts';
import { userName } from '../../local/user-name.ts';
import { type CliContext, UsageError } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { acknowledgeSeries, takeBackLast } from '../service/acknowledging.ts';
import { checkListed } from '../service/no-series.ts';
import { addServiceOptions, type ServiceOptions, serviceHelp } from '../service/service.ts';
import { storedChangePoints } from '../service/stored-series.ts';
import { withService } from '../service/with-service.ts';

interface AcknowledgeOptions extends ServiceOptions {
  readonly note?: string;
  readonly by?: string;
  readonly undo: boolean;
  readonly json: boolean;
}

export function acknowledgeCommand(context: CliContext): Command {
  const command = new Command('acknowledge')
    .description(
      'Acknowledges the change points of a series: until then the live page shows it in red. --undo takes that back.',
    )
    .argument('<series>', 'name of the series');
  return addServiceOptions(command, ['changePointsTable'])
    .optionsGroup('Options:')
    .option('--note <text>', 'what you know of the change; stored with it')
    .option('--by <name>', 'who acknowledges (default: the name of the user)')
    .option('--undo', 'take the last acknowledgement of the series back, with its name and its note', false)
    .option('--json', 'one JSON object a line: each change point', false)
    .addHelpText(
      'after',
      `
${serviceHelp}

A change point that somebody has acknowledged already keeps that name and note. \`aed history\`
shows them. --undo takes back the last acknowledgement: all changes of one such command, or of one
question of the page. They are red again.

Examples:
  aed acknowledge boiler-7
  aed acknowledge boiler-7 --note 'valve exchanged' --by Ada
  aed acknowledge boiler-7 --undo`,
    )
    .action((seriesId: string, options: AcknowledgeOptions) =>
      (options.undo ? takeBack : acknowledgeAll)(seriesId, options, context),
    );
}

async function acknowledgeAll(
  seriesId: string,
  { by: given, note, json, ...options }: AcknowledgeOptions,
  context: CliContext,
): Promise<void> {
  const by = given ?? userName(context.environment);
  if (by === undefined)
    throw new UsageError('--by must be given, such as --by Ada: the user of this machine has no name');
  const acknowledgement = acknowledgementOf({ by, note }, new Date());
  await withService(
    options,
    ['changePointsTable'],
    context,
    async ({ changePointsTable: table }, { dynamoDb }) => {
      const noted = await acknowledgeSeries(dynamoDb, table, seriesId, acknowledgement);
      const stored = storedChangePoints(dynamoDb, table, context.signal);
      if (noted.length === 0) await checkListed(stored, seriesId);
      const lines = noted.map(({ eventKey }) =>
        jsonLine({
          type: 'acknowledged',
          seriesId,
          eventKey,
          knownAt: timeOfEventKey(eventKey),
          ...acknowledgement,
        }),
      );
      const counted = `acknowledged ${plain.counted(noted.length, 'change point')} of ${printable(seriesId)}`;
      await write(context.out, json ? lines.join('') : `${counted}\n`);
    },
  );
}

async function takeBack(
  seriesId: string,
  { by, note, json, ...options }: AcknowledgeOptions,
  context: CliContext,
): Promise<void> {
  for (const [flag, value] of Object.entries({ '--by': by, '--note': note }))
    if (value !== undefined)
      throw new UsageError(`${flag} is not for --undo, which deletes name and note: leave out one of them`);
  await withService(
    options,
    ['changePointsTable'],
    context,
    async ({ changePointsTable: table }, { dynamoDb }) => {
      const stored = storedChangePoints(dynamoDb, table, context.signal);
      const changePoints = await stored.changePoints(seriesId);
      if (changePoints.length === 0) await checkListed(stored, seriesId);
      const taken = await takeBackLast(dynamoDb, table, changePoints);
      const lines = taken.map(({ eventKey, acknowledgedAt, acknowledgedBy, note: words }) =>
        jsonLine({
          type: 'takenBack',
          seriesId,
          eventKey,
          knownAt: timeOfEventKey(eventKey),
          acknowledgedAt,
          acknowledgedBy,
          ...(words !== undefined && { note: words }),
        }),
      );
      await write(context.out, json ? lines.join('') : takenBackText(seriesId, taken));
    },
  );
}

function takenBackText(seriesId: string, taken: readonly KnownChangePoint[]): string {
  const [{ acknowledgedBy = '', acknowledgedAt = '', note } = {}] = taken;
  const name = printable(seriesId);
  if (taken.length === 0) return `nobody has acknowledged a change point of ${name}\n`;
  const words = note === undefined ? '' : `: ${withoutControls(note)}`;
  return `took back the acknowledgement of ${plain.counted(taken.length, 'change point')} of ${name}, by ${printable(acknowledgedBy)} at ${shortIso(acknowledgedAt)}${words}\n`;
}
