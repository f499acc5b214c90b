import { Command } from 'commander';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import type { StoredEvent } from '../../lambda/event.ts';
import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import type { Clients } from '../../local/clients.ts';
import { wholeNumber } from '../arguments.ts';
import { type CliContext, UsageError } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { countBar } from '../progress.ts';
import { reportPath, saveReport } from '../report/report-file.ts';
import { historyReport, historyText } from '../service/history-view.ts';
import { type ListedPlace, listedPlace, listReadings } from '../service/list-readings.ts';
import { checkListed } from '../service/no-series.ts';
import { addServiceOptions, type ServiceOptions, serviceHelp } from '../service/service.ts';
import { newestEvents, storedChangePoints } from '../service/stored-series.ts';
import { unreadableNote } from '../service/unreadable-note.ts';
import { withService } from '../service/with-service.ts';

interface HistoryOptions extends ServiceOptions {
  readonly readings?: number;
  readonly around?: ListedPlace;
  readonly limit?: number;
  readonly report?: string;
  readonly json: boolean;
}

const defaultReadings = 5_000;
const defaultLimit = 20;

export function historyCommand(context: CliContext): Command {
  const command = new Command('history')
    .description('Shows one series of a service: its newest readings as a line, and its change points.')
    .argument('<series>', 'name of the series');
  return addServiceOptions(command, ['eventsTable', 'changePointsTable'])
    .optionsGroup('Options:')
    .option(
      '--readings <number>',
      `how many of the newest readings to read (default: ${defaultReadings})`,
      wholeNumber(1, 1_000_000),
    )
    .option(
      '--around <place>',
      'list readings instead, each with the time and the id that `aed correct` takes: those around a time, around the last `change`, or the `newest`',
      listedPlace,
    )
    .option(
      '--limit <number>',
      `how many readings to list (default: ${defaultLimit})`,
      wholeNumber(1, 10_000),
    )
    .option(
      '--report <file>',
      'also write a report: .html to read and zoom, .svg or .png for documents',
      reportPath,
    )
    .option('--json', 'one JSON object a line: each change point, or each reading that is listed', false)
    .addHelpText(
      'after',
      `
${serviceHelp}

Examples:
  aed history boiler-7
  aed history boiler-7 --report boiler-7.html
  aed history boiler-7 --json | tail -1            its newest change point
  aed history boiler-7 --around change             the readings before and after its last change
  aed history boiler-7 --around 2026-01-31T10:20:00Z --limit 5`,
    )
    .action((seriesId: string, options: HistoryOptions) => history(seriesId, options, context));
}

/** @throws UsageError if a flag has no effect beside another one */
function refuseContrary({ around, limit, readings, report }: HistoryOptions): void {
  if (around === undefined && limit !== undefined)
    throw new UsageError(
      '--limit is for a list of readings: give --around as well, such as --around change; without it, --readings says how many are read',
    );
  for (const [flag, value] of Object.entries({ '--readings': readings, '--report': report }))
    if (around !== undefined && value !== undefined)
      throw new UsageError(
        `${flag} is not for a list of readings: leave out --around or ${flag}; --limit says how many are listed`,
      );
}

async function history(seriesId: string, options: HistoryOptions, context: CliContext): Promise<void> {
  refuseContrary(options);
  const { readings = defaultReadings } = options;
  await withService(options, ['eventsTable', 'changePointsTable'], context, async (service, clients) => {
    const note = unreadableNote(context.error);
    const stored = storedChangePoints(clients.dynamoDb, service.changePointsTable, context.signal, note.add);
    const changePoints = await stored.changePoints(seriesId);
    note.tell();
    if (options.around !== undefined) {
      const { around, limit = defaultLimit, json } = options;
      const listing = { seriesId, stored, changePoints, around, limit, json };
      return await listReadings(clients.dynamoDb, service.eventsTable, listing, context);
    }
    // One more tells whether there are older ones.
    const newest = await readEvents(clients, service.eventsTable, seriesId, readings, context);
    const hasOlder = newest.length > readings;
    const events = hasOlder ? newest.slice(1) : newest;
    if (events.length === 0 && changePoints.length === 0) await checkListed(stored, seriesId);
    await write(
      context.out,
      options.json ? asJson(changePoints) : historyText(seriesId, events, changePoints, hasOlder),
    );
    if (options.report === undefined) return;
    await saveReport(options.report, historyReport(seriesId, events, changePoints, hasOlder), context);
  });
}

/** With a progress bar. */
async function readEvents(
  { dynamoDb }: Clients,
  eventsTable: string,
  seriesId: string,
  readings: number,
  { error, signal }: CliContext,
): Promise<readonly StoredEvent[]> {
  const bar = countBar(error, 'read', readings);
  const unreadable: string[] = [];
  try {
    return await newestEvents(dynamoDb, eventsTable, seriesId, readings + 1, {
      abortSignal: signal,
      onRead: (count) => bar.update(Math.min(count, readings)),
      onUnreadable: (eventKey) => unreadable.push(eventKey),
    });
  } finally {
    bar.stop();
    if (unreadable.length > 0)
      error.write(
        `note: ${plain.counted(unreadable.length, 'item')} without a number or a time left out, the newest '${printable(unreadable[0] ?? '')}'\n`,
      );
  }
}

function asJson(changePoints: readonly SeriesChangePoint[]): string {
  return changePoints.map((found) => jsonLine({ type: 'changePoint', ...found })).join('');
}
