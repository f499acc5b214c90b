import { Command, Option } from 'commander';
import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import { delimiter } from '../arguments.ts';
import { type CliContext, FailedError } from '../context.ts';
import { describeReasons } from '../describe-reasons.ts';
import { type FileFindings, fileSeries } from '../detect/file-series.ts';
import { reportBuilder } from '../detect/report.ts';
import { type DetectionSummary, detectionView } from '../detect/view.ts';
import { addDetectorOptions, type DetectorTexts } from '../detector-options.ts';
import { type Format, formats, openInput } from '../input/open-input.ts';
import { type BadRow, badRowError, type ReadOptions, readReadings } from '../input/read-readings.ts';
import { timeOrder } from '../input/time-order.ts';
import { bytesBar } from '../progress.ts';
import { reportPath, saveReport } from '../report/report-file.ts';

interface DetectOptions extends DetectorTexts, ReadOptions {
  readonly format?: Format;
  readonly onBad: 'skip' | 'fail';
  readonly json: boolean;
  readonly report?: string;
}

export function detectCommand(context: CliContext): Command {
  const command = new Command('detect')
    .description(
      'Finds the change points in a file of readings: CSV or JSON Lines. `-` reads standard input.',
    )
    .argument('<file>', 'rows in the order of time; those of several series may be mixed')
    .option('--column <name or number>', 'column of the values (default: value, or the only column)')
    .option(
      '--series-column <name or number>',
      'column that names the series (default: seriesId, if there is one)',
    )
    .option('--time-column <name or number>', 'column of the times (default: timestamp, if there is one)')
    .addOption(
      new Option(
        '--format <name>',
        'format of the file (default: known by its name and first character)',
      ).choices(formats),
    )
    .option(
      '--delimiter <character>',
      'separator of the cells (default: a comma; a tab in .tsv files)',
      delimiter,
    )
    .option('--header', 'the first row has the names of the columns (default: if it contains no number)')
    .option('--no-header', 'the first row is a reading')
    .addOption(
      new Option('--on-bad <what>', 'what to do with a row that has no number')
        .choices(['skip', 'fail'])
        .default('skip'),
    )
    .option(
      '--report <file>',
      'also write a report: .html to read and zoom, .svg or .png for documents',
      reportPath,
    )
    .option('--json', 'one JSON object a line: each change point as it is found, then a summary', false);
  return addDetectorOptions(command, 'time')
    .addHelpText(
      'after',
      `
Readings are numbered from 0 within their series. Memory does not grow with the number of rows,
unless --max-regime-length is Infinity.

Examples:
  aed detect readings.csv                          with seriesId, timestamp and value, or one column
  aed detect boiler.csv --column temp -p 0.5       changes below 0.5 are not reported
  aed detect readings.csv --report changes.html    a page to read, zoom and send
  aed detect readings.csv --statistic scan --false-alarm-every 30d
  aed detect data.csv --column 3 --delimiter ';' --no-header
  zcat big.csv.gz | aed detect - --json | head     the first change points`,
    )
    .action((file: string, options: DetectOptions) => detect(file, options, context));
}

interface FirstBad {
  readonly row: number;
  readonly text: string;
}

/** Why none of the rows has a reading. */
function inVain(rows: number, reasons: Readonly<Record<string, number>>, { row, text }: FirstBad): string {
  const first = text === '' ? '' : `: '${printable(text).slice(0, 40)}'`;
  return ` in ${plain.counted(rows, 'row')}: ${describeReasons(reasons)}, the first in row ${row}${first}`;
}

async function detect(file: string, options: DetectOptions, context: CliContext): Promise<void> {
  const view = detectionView(options.json, context);
  const report = options.report === undefined ? undefined : reportBuilder();
  const series = fileSeries(options, {
    reading(name, number, time, value) {
      report?.reading(name, number, time, value);
    },
    found(change, value, detector) {
      found++;
      const level = significanceLevel(detector);
      report?.found(change, value, level);
      view.found(change, level);
    },
  });
  const input = await openInput(file, context, options.format);
  const bad: Record<string, number> = {};
  let firstBad: FirstBad | undefined;
  const order = timeOrder();
  let rows = 0;
  let found = 0;
  let valueName = '';
  let findings: FileFindings;

  const bar = bytesBar(context.error, input.name, input.bytes ?? 0);
  let bytes = 0;
  input.stream.on('data', (piece: Buffer) => {
    bytes += piece.length;
    bar.update(bytes);
  });
  const stop = () => input.stream.destroy(context.signal.reason);
  context.signal.addEventListener('abort', stop);
  const startedAt = performance.now();
  try {
    valueName = await readReadings(input, options, {
      reading(name, time, value, row) {
        rows++;
        order.next(name, time, row);
        series.of(name).push(value, time);
      },
      bad(name, reason: BadRow, text, row) {
        if (options.onBad === 'fail') throw badRowError(reason, text, row);
        rows++;
        bad[reason] = (bad[reason] ?? 0) + 1;
        firstBad ??= { row, text };
        series.of(name).skip();
      },
    });
    findings = series.end();
  } catch (error) {
    throw error instanceof FailedError ? new FailedError(`${input.name}: ${error.message}`) : error;
  } finally {
    bar.stop();
    context.signal.removeEventListener('abort', stop);
  }
  context.signal.throwIfAborted();
  const skipped = Object.values(bad).reduce((sum, count) => sum + count, 0);
  if (rows === skipped) {
    throw new FailedError(
      `${input.name} has no reading${firstBad === undefined ? '' : inVain(rows, bad, firstBad)}`,
    );
  }
  if (order.firstEarlierRow !== undefined) {
    context.error.write(
      `warning: row ${order.firstEarlierRow} is earlier than the previous row of its series; the rows of a series must be in the order of time\n`,
    );
  }
  const summary: DetectionSummary = {
    input: input.name,
    rows,
    series: findings.series,
    found,
    skipped,
    skippedReasons: bad,
    ...(firstBad !== undefined && { firstBadRow: firstBad.row }),
    longest: findings.longest?.tested ?? 0,
    seconds: (performance.now() - startedAt) / 1000,
    ...(findings.times.length > 0 && { times: findings.times }),
    ...(findings.dependence !== undefined && { dependence: findings.dependence }),
    ...(findings.note !== undefined && { note: findings.note }),
  };
  await view.finished(summary, findings.longest?.options);
  if (options.report !== undefined && report !== undefined) {
    const drawn = report.report(`Change points of ${input.name}`, valueName, findings);
    await saveReport(options.report, drawn, context);
  }
}
