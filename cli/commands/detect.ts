import { Command, Option } from 'commander';
import { plain } from '../../lambda/figures.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import { ChangesFoundError, type CliContext, exitCodes, FailedError, ReaderGoneError } from '../context.ts';
import { fileSeries } from '../detect/file-series.ts';
import { readSeries } from '../detect/read-series.ts';
import { reportBuilder } from '../detect/report.ts';
import { detectionSummary } from '../detect/summary.ts';
import { detectionView } from '../detect/view.ts';
import { addDetectorOptions, type DetectorTexts } from '../detector-options.ts';
import { whyNone } from '../input/left-out.ts';
import { openInput } from '../input/open-input.ts';
import { addReadingFlags, type ReadingFlags, readingOptions } from '../input/reading-flags.ts';
import { reportPath, saveReport } from '../report/report-file.ts';
import { refuseWithoutEffect } from '../without-effect.ts';

interface DetectOptions extends DetectorTexts, ReadingFlags {
  readonly json: boolean;
  readonly report?: string;
  readonly failOn?: 'change';
}

export function detectCommand(context: CliContext): Command {
  const command = new Command('detect')
    .description(
      'Finds the change points in a file of readings, CSV or JSON. `-` is standard input, read as it comes.',
    )
    .argument('<file>', 'rows of one series or of several, plain or in gzip');
  addReadingFlags(command)
    .option(
      '--report <file>',
      'also write a report: .html to read and zoom, .svg or .png for documents',
      reportPath,
    )
    .addOption(
      new Option(
        '--fail-on <what>',
        `exit code ${exitCodes.changed} if there is a change point, for scripts and CI`,
      ).choices(['change']),
    )
    .option('--json', 'one JSON object a line: each change point as it is found, then a summary', false);
  return addDetectorOptions(command, 'time')
    .addHelpText(
      'after',
      `
An option that is a time holds back the first 101 readings of each series, which tell how far apart
they are: of a live input, nothing is shown before. A number of readings holds back none.

Readings are numbered from 0 within their series, in the order of time. Below the table it says how
the file was read, where it could be read in another way. Memory does not grow with the number of
rows, unless all must be sorted or --max-regime-length is Infinity.

Examples:
  aed detect readings.csv                          with seriesId, timestamp and value, or one column
  aed detect boiler.csv --column temp -p 0.5       changes below 0.5 are not reported
  aed detect readings.csv --report changes.html    a page to read, zoom and send
  aed detect readings.csv --statistic scan --false-alarm-every 30d
  aed detect load.csv --statistic scan --period 24h    a day in the data is no change
  aed detect data.csv --column 3 --delimiter ';' --no-header
  aed detect plant.csv --column 'temp*' --series-column device_id --time-zone Europe/Paris
  aed detect messages.jsonl --column payload.temp --series-column device.id
  aed detect big.csv.gz --json | head              the first change points
  read-sensor | aed detect -                       each change as soon as it is known
  aed detect benchmarks.csv --fail-on change       a step of CI that fails on a change`,
    )
    .action((file: string, options: DetectOptions) => detect(file, options, context));
}

async function detect(file: string, options: DetectOptions, context: CliContext): Promise<void> {
  refuseWithoutEffect(options);
  const { signal } = context;
  const view = detectionView(options.json, context);
  const report = options.report === undefined ? undefined : reportBuilder();
  let found = 0;
  const series = fileSeries(options, {
    reading(name, number, time, value) {
      report?.reading(name, number, time, value);
    },
    ...(report && { missing: report.missing, ended: report.ended }),
    found(change, value, detector) {
      found++;
      const level = significanceLevel(detector);
      report?.found(change, value, level);
      view.found(change, level);
    },
  });
  const reading = readingOptions(options);
  const onLive = (name: string) => {
    if (series.heldBack !== undefined) context.error.write(`${name}: ${series.heldBack}\n`);
  };
  const input = await openInput(file, context, { ...options, onLive });
  const startedAt = performance.now();
  const seriesRead = await readSeries(input, reading, series, view.lull, context);
  const { read, readings, findings } = seriesRead;
  if (signal.reason instanceof ReaderGoneError) throw signal.reason;
  if (readings === 0) {
    signal.throwIfAborted();
    throw new FailedError(`${input.name} has no reading${whyNone(read)}`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const summary = detectionSummary(input.name, seriesRead, { found, seconds, isInterrupted: signal.aborted });
  await view.finished(summary, findings.longest?.options);
  if (options.report !== undefined && report !== undefined) {
    const run = { summary, options: findings.longest?.options };
    const drawn = report.report(`Change points of ${input.name}`, read.valueNames.join(', '), run);
    await saveReport(options.report, drawn, context);
  }
  signal.throwIfAborted();
  if (options.failOn === 'change' && found > 0)
    throw new ChangesFoundError(`${plain.counted(found, 'change point')}, and --fail-on change is given`);
}
