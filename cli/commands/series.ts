import { Command, Option } from 'commander';
import { hasTime, type StoredEvent, timeOfEventKey } from '../../lambda/event.ts';
import { plain } from '../../lambda/figures.ts';
import { shortIso } from '../../lambda/times.ts';
import { wholeNumber } from '../arguments.ts';
import type { CliContext } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { type Choice, chosenSeries, orders } from '../service/chosen-series.ts';
import { addServiceOptions, type ServiceOptions, serviceHelp } from '../service/service.ts';
import { type KnownSeries, newestEvents, storedChangePoints } from '../service/stored-series.ts';
import { unreadableNote } from '../service/unreadable-note.ts';
import { withService } from '../service/with-service.ts';
import { shortened } from '../shortened.ts';
import { sparkline } from '../sparkline.ts';
import { table } from '../table.ts';

interface SeriesOptions extends ServiceOptions, Choice {
  readonly limit: number;
  readonly json: boolean;
}

type NewestOf = (seriesId: string, most: number) => Promise<readonly StoredEvent[]>;

/** Bars in a line, one for each reading. */
const sparklineWidth = 40;
const namedCharacters = 48;

export function seriesCommand(context: CliContext): Command {
  const command = new Command('series').description(
    'Lists the series of a service, each with its newest readings as a line and its number of change points.',
  );
  return addServiceOptions(command, ['eventsTable', 'changePointsTable'])
    .optionsGroup('Options:')
    .addOption(
      new Option('--sort <order>', 'by name, or by the last change, newest first')
        .choices([...orders])
        .default('name'),
    )
    .option('--changed', 'only series with a change point', false)
    .option('--unacknowledged', 'only series with a change point that nobody has acknowledged', false)
    .option('--limit <number>', 'list at most this many series', wholeNumber(1), 50)
    .option('--json', 'one JSON object a line: each series', false)
    .addHelpText(
      'after',
      `
${serviceHelp}

The command reads the whole change-points table.

Examples:
  aed series
  aed series --sort change --changed
  aed series --unacknowledged --json | jq -r .seriesId
  aed series --events-table <EventsTableName> --change-points-table <ChangePointsTableName>`,
    )
    .action((options: SeriesOptions) => series(options, context));
}

async function series(options: SeriesOptions, context: CliContext): Promise<void> {
  const { signal: abortSignal } = context;
  await withService(options, ['eventsTable', 'changePointsTable'], context, async (service, { dynamoDb }) => {
    const note = unreadableNote(context.error);
    const all = await storedChangePoints(dynamoDb, service.changePointsTable, abortSignal, note.add).all();
    note.tell();
    const newest: NewestOf = (seriesId, most) =>
      newestEvents(dynamoDb, service.eventsTable, seriesId, most, { abortSignal });
    const chosen = chosenSeries(all, options);
    await (options.json ? asJson : asTable)(chosen.slice(0, options.limit), chosen.length, newest, context);
  });
}

const head = ['series', 'newest readings', 'now', 'at', 'change points', 'unacknowledged', 'last known at'];

async function asJson(
  listed: readonly KnownSeries[],
  all: number,
  newestOf: NewestOf,
  { out, error }: CliContext,
) {
  for (const { head, changePoints, unacknowledged, lastChange } of listed) {
    const [newest] = await newestOf(head.seriesId, 1);
    await write(
      out,
      jsonLine({
        seriesId: head.seriesId,
        changePoints,
        unacknowledged,
        ...(lastChange !== undefined && { lastChangeAt: timeOfEventKey(lastChange) }),
        ...(newest && { newestAt: timeOfEventKey(newest.eventKey), value: newest.value }),
        ...(hasTime(head.regimeAfter) && { regimeAfter: timeOfEventKey(head.regimeAfter) }),
        ...(head.options !== undefined && { options: head.options }),
      }),
    );
  }
  if (all > listed.length) await write(error, `and ${all - listed.length} more (--limit)\n`);
}

async function asTable(listed: readonly KnownSeries[], all: number, newestOf: NewestOf, { out }: CliContext) {
  if (listed.length === 0) return write(out, 'No series.\n');
  const rows: (readonly string[])[] = [];
  for (const { head, changePoints, unacknowledged, lastChange } of listed) {
    const events = await newestOf(head.seriesId, sparklineWidth);
    const newest = events.at(-1);
    rows.push([
      shortened(head.seriesId, namedCharacters),
      sparkline(
        events.map(({ value }) => value),
        sparklineWidth,
      ),
      newest === undefined ? '–' : plain.level(newest.value),
      newest === undefined ? '–' : shortIso(timeOfEventKey(newest.eventKey)),
      String(changePoints),
      String(unacknowledged),
      lastChange === undefined ? '–' : shortIso(timeOfEventKey(lastChange)),
    ]);
  }
  const more = all > listed.length ? `\nand ${all - listed.length} more (--limit)` : '';
  await write(out, `${table(head, rows)}${more}\n`);
}
