import { Command } from 'commander';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { type StoredEvent, timeOfEventKey } from '../../lambda/event.ts';
import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import { shortIso } from '../../lambda/times.ts';
import { type Clients, destroyClients } from '../../local/clients.ts';
import { wholeNumber } from '../arguments.ts';
import { type CliContext, FailedError } from '../context.ts';
import { legendOfP } from '../legend-of-p.ts';
import { jsonLine, write } from '../output.ts';
import { countBar } from '../progress.ts';
import { changeMarks } from '../report/change-marks.ts';
import type { Report } from '../report/report.ts';
import { reportPath, saveReport } from '../report/report-file.ts';
import { thinner } from '../report/thin.ts';
import { clientsFor } from '../service/clients.ts';
import {
  addServiceOptions,
  findService,
  noService,
  type ServiceOptions,
  serviceHelp,
} from '../service/service.ts';
import { newestEvents, storedChangePoints } from '../service/stored-series.ts';
import { sparkline } from '../sparkline.ts';
import { table } from '../table.ts';

interface HistoryOptions extends ServiceOptions {
  readonly readings: number;
  readonly report?: string;
  readonly json: boolean;
}

const sparklineWidth = 80;
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
    const events = await readEvents(clients, service.eventsTable, seriesId, options, context);
    if (events.length === 0 && changePoints.length === 0) {
      throw new FailedError(
        `the service has no series '${printable(seriesId)}'; \`aed series\` lists those that it has`,
      );
    }
    await write(context.out, options.json ? asJson(changePoints) : asText(seriesId, events, changePoints));
    if (options.report === undefined) return;
    await saveReport(options.report, reportOf(seriesId, events, changePoints), context);
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
  try {
    return await newestEvents(dynamoDb, eventsTable, seriesId, readings, {
      abortSignal: signal,
      onRead: (count) => bar.update(count),
    });
  } finally {
    bar.stop();
  }
}

function asJson(changePoints: readonly SeriesChangePoint[]): string {
  return changePoints.map((found) => jsonLine({ type: 'changePoint', ...found })).join('');
}

function asText(
  seriesId: string,
  events: readonly StoredEvent[],
  changePoints: readonly SeriesChangePoint[],
): string {
  const line = sparkline(
    events.map(({ value }) => value),
    sparklineWidth,
  );
  const [first, last] = [events[0], events.at(-1)];
  const span =
    first === undefined || last === undefined
      ? 'its readings have expired'
      : `${plain.counted(events.length, 'reading')} from ${shortIso(timeOfEventKey(first.eventKey))} to ${shortIso(timeOfEventKey(last.eventKey))}`;
  const found =
    changePoints.length === 0 ? 'No change point.' : table(changeHead, changePoints.map(changeRow));
  const legend = legendOfP(changePoints.map(({ options }) => options.statistic));
  return `${printable(seriesId)}: ${span}\n${line}\n${found}\n${legend === '' ? '' : `${legend}\n`}`;
}

const changeHead = ['new level since', 'known at', 'level', 'size', 'p'];

function changeRow({
  changedAt,
  detectedAt,
  before,
  after,
  magnitude,
  pValue,
  options,
}: SeriesChangePoint): readonly string[] {
  return [
    shortIso(changedAt),
    shortIso(detectedAt),
    plain.levels(before.median, after.median),
    plain.signed(magnitude),
    plain.pValue(pValue, significanceLevel(options)),
  ];
}

function reportOf(
  seriesId: string,
  events: readonly StoredEvent[],
  changePoints: readonly SeriesChangePoint[],
): Report {
  const points = thinner();
  for (const { eventKey, value } of events) points.push(Date.parse(timeOfEventKey(eventKey)), value);
  const first = Date.parse(timeOfEventKey(events[0]?.eventKey ?? ''));
  const drawn = changePoints.map(({ before, after, changedAt, detectedAt, value }) => ({
    from: Date.parse(before.from),
    changedAt: Date.parse(changedAt),
    detectedAt: Date.parse(detectedAt),
    value,
    before: before.median,
    after: after.median,
  }));
  const name = printable(seriesId);
  return {
    title: `History of ${name}`,
    notes: [],
    xIs: 'time',
    unit: '',
    series: [
      {
        name,
        points: points.points(),
        // The plot leaves out change points that are older than its readings.
        ...changeMarks(drawn.filter(({ changedAt }) => changedAt >= first)),
        description: `Plot of ${name} with ${plain.counted(changePoints.length, 'change point')}`,
        tables: [
          {
            caption: plain.counted(changePoints.length, 'change point'),
            head: changeHead,
            rows: changePoints.map(changeRow),
          },
        ],
      },
    ],
  };
}
