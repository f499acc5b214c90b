import { Command } from 'commander';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import type { StoredEvent } from '../../lambda/event.ts';
import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { type Clients, destroyClients } from '../../local/clients.ts';
import { wholeNumber } from '../arguments.ts';
import { type CliContext, FailedError } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { countBar } from '../progress.ts';
import { reportPath, saveReport } from '../report/report-file.ts';
import { clientsFor } from '../service/clients.ts';
import { historyReport, historyText } from '../service/history-view.ts';
import {
  addServiceOptions,
  findService,
  noService,
  type ServiceOptions,
  serviceHelp,
} from '../service/service.ts';
import { newestEvents, storedChangePoints } from '../service/stored-series.ts';

interface HistoryOptions extends ServiceOptions {
  readonly readings: number;
  readonly report?: string;
  readonly json: boolean;
}

export function historyCommand(context: CliContext): Command {
  const command = new Command('history')
    .description('Shows one series of a service: its newest readings as a line, and its change points.')
    .argument('<series>', 'name of the series');
  return addServiceOptions(command, ['eventsTable', 'changePointsTable'])
    .optionsGroup('Options:')
    .option(
      '--readings <number>',
      'how many of the newest readings to read',
      wholeNumber(1, 1_000_000),
      5_000,
    )
    .option(
      '--report <file>',
      'also write a report: .html to read and zoom, .svg or .png for documents',
      reportPath,
    )
    .option('--json', 'one JSON object a line: each change point', false)
    .addHelpText(
      'after',
      `
${serviceHelp}

Examples:
  aed history boiler-7
  aed history boiler-7 --report boiler-7.html
  aed history boiler-7 --json | tail -1            its newest change point`,
    )
    .action((seriesId: string, options: HistoryOptions) => history(seriesId, options, context));
}

async function history(seriesId: string, options: HistoryOptions, context: CliContext): Promise<void> {
  const service = await findService(options, ['eventsTable', 'changePointsTable']);
  if (service === undefined) throw noService();
  const clients = clientsFor(service, context.environment);
  try {
    const stored = storedChangePoints(clients.dynamoDb, service.changePointsTable, context.signal);
    const changePoints = await stored.changePoints(seriesId);
    // One more tells whether there are older ones.
    const newest = await readEvents(clients, service.eventsTable, seriesId, options, context);
    const hasOlder = newest.length > options.readings;
    const events = hasOlder ? newest.slice(1) : newest;
    if (events.length === 0 && changePoints.length === 0) {
      throw new FailedError(
        `the service has no series '${printable(seriesId)}'; \`aed series\` lists those that it has`,
      );
    }
    await write(
      context.out,
      options.json ? asJson(changePoints) : historyText(seriesId, events, changePoints, hasOlder),
    );
    if (options.report === undefined) return;
    await saveReport(options.report, historyReport(seriesId, events, changePoints, hasOlder), context);
  } finally {
    destroyClients(clients);
  }
}

/** With a progress bar. */
async function readEvents(
  { dynamoDb }: Clients,
  eventsTable: string,
  seriesId: string,
  { readings }: HistoryOptions,
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
