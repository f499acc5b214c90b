import { Command } from 'commander';
import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import { type CliContext, FailedError } from '../context.ts';
import { describeReasons } from '../describe-reasons.ts';
import type { DetectionSummary } from '../detect/counts-line.ts';
import { type FileFindings, fileSeries } from '../detect/file-series.ts';
import { reportBuilder } from '../detect/report.ts';
import { detectionView } from '../detect/view.ts';
import { addDetectorOptions, type DetectorTexts } from '../detector-options.ts';
import { openInput } from '../input/open-input.ts';
import { type ReadSummary, readReadings } from '../input/read-readings.ts';
import { addReadingFlags, type ReadingFlags, readingOptions } from '../input/reading-flags.ts';
import { bytesBar } from '../progress.ts';
import { reportPath, saveReport } from '../report/report-file.ts';

interface DetectOptions extends DetectorTexts, ReadingFlags {
  readonly json: boolean;
  readonly report?: string;
}

export function detectCommand(context: CliContext): Command {
  const command = new Command('detect')
    .description('Finds the change points in a file of readings: CSV or JSON. `-` reads standard input.')
    .argument('<file>', 'rows of one series or of several, plain or in gzip');
  addReadingFlags(command)
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
Readings are numbered from 0 within their series, in the order of time. How the file was read is
said below the table, where it could be read otherwise. Memory does not grow with the number of
rows, unless all must be sorted or --max-regime-length is Infinity.

Examples:
  aed detect readings.csv                          with seriesId, timestamp and value, or one column
  aed detect boiler.csv --column temp -p 0.5       changes below 0.5 are not reported
  aed detect readings.csv --report changes.html    a page to read, zoom and send
  aed detect readings.csv --statistic scan --false-alarm-every 30d
  aed detect data.csv --column 3 --delimiter ';' --no-header
  aed detect plant.csv --column 'temp*' --series-column device_id --time-zone Europe/Paris
  aed detect messages.jsonl --column payload.temp --series-column device.id
  aed detect big.csv.gz --json | head              the first change points`,
    )
    .action((file: string, options: DetectOptions) => detect(file, options, context));
}

/** Why none of the rows has a reading. */
function inVain({ rows, skippedReasons, firstBad }: ReadSummary): string {
  if (firstBad === undefined) return '';
  const { row, text } = firstBad;
  const first = text === '' ? '' : `: '${printable(text).slice(0, 40)}'`;
  return ` in ${plain.counted(rows, 'row')}: ${describeReasons(skippedReasons)}, the first in row ${row}${first}`;
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
  const reading = readingOptions(options);
  const input = await openInput(file, context, options.format);
  let readings = 0;
  let found = 0;
  let read: ReadSummary;
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
    read = await readReadings(input, reading, {
      reading(name, { time, value }) {
        readings++;
        series.of(name).push(value, time);
      },
      gap: (name) => series.of(name).skip(),
      repeated() {},
    });
    findings = series.end();
  } catch (error) {
    throw error instanceof FailedError ? new FailedError(`${input.name}: ${error.message}`) : error;
  } finally {
    bar.stop();
    context.signal.removeEventListener('abort', stop);
  }
  context.signal.throwIfAborted();
  if (readings === 0) throw new FailedError(`${input.name} has no reading${inVain(read)}`);
  const { rows, skipped, skippedReasons, repeated, sorted, firstBad, notes, hint, valueNames } = read;
  const summary: DetectionSummary = {
    input: input.name,
    rows,
    series: findings.series,
    found,
    skipped,
    skippedReasons,
    ...(firstBad !== undefined && { firstBadRow: firstBad.row }),
    repeated,
    sorted,
    longest: findings.longest?.tested ?? 0,
    seconds: (performance.now() - startedAt) / 1000,
    readAs: notes,
    ...(hint !== undefined && { hint }),
    ...(findings.times.length > 0 && { times: findings.times }),
    ...(findings.dependence !== undefined && { dependence: findings.dependence }),
    ...(findings.note !== undefined && { note: findings.note }),
    ...(findings.seasonNote !== undefined && { seasonNote: findings.seasonNote }),
  };
  await view.finished(summary, findings.longest?.options);
  if (options.report !== undefined && report !== undefined) {
    const drawn = report.report(`Change points of ${input.name}`, valueNames.join(', '), findings);
    await saveReport(options.report, drawn, context);
  }
}
