import { Command, type Option } from 'commander';
import { positiveNumber, wholeNumber } from '../arguments.ts';
import { type CliContext, FailedError, UsageError } from '../context.ts';
import type { Dataset } from '../datasets/dataset.ts';
import {
  addDetectorOptions,
  type DetectorTexts,
  detectorOptions,
  environmentOfFlags,
  withStatistic,
} from '../detector-options.ts';
import { addReadingFlags, type ReadingFlags, readingOptions } from '../input/reading-flags.ts';
import { addTimeFlags, givenTimes, type TimeFlags } from '../put/given-times.ts';
import { timedOptions } from '../timed-options.ts';

interface ReplayOptions extends DetectorTexts, ReadingFlags, TimeFlags {
  readonly dataset: string;
  readonly rate?: number;
  readonly serve: boolean;
  readonly port?: number;
  readonly json: boolean;
}

/** With a page, a data set takes this long unless a rate is given. */
const watchedSeconds = 40;

export function replayCommand(context: CliContext): Command {
  const command = new Command('replay')
    .description(
      'Sends a data set through the whole pipeline on this machine, and shows each change point as its notification arrives.',
    )
    .option(
      '--dataset <name or file>',
      'sensor-network, nile, or a file of readings, as `aed detect` reads it; - is standard input',
      'sensor-network',
    )
    .option(
      '--rate <readings>',
      `readings a second (default: as many as the stream takes; with --serve all in ${watchedSeconds} s)`,
      positiveNumber,
    )
    .option('--serve', 'serve a page on which to watch, until Ctrl-C', false)
    .option('--port <number>', 'port of the page (default: a free one)', wholeNumber(0, 65_535))
    .option('--json', 'one JSON object a line: each notification, then a summary', false);
  const others = command.options.length;
  addReadingFlags(command);
  addTimeFlags(command);
  const ofFiles = command.options.slice(others);
  return addDetectorOptions(command, 'time', { practicalThreshold: '3 for sensor-network, otherwise 0' })
    .addHelpText(
      'after',
      `
A file is read as \`aed detect\` reads it, and put in the order of time. Without a column of series,
its readings are one series, named like the column. Without times, they get one each second. Two
equal readings of a series at the same time count as one, unless a column eventId tells them apart.
Rows that are no reading are set aside and counted by reason; docs/operations.md explains the
reasons.

Examples:
  aed replay                              humidity at four sensors
  aed replay --dataset nile               annual flow of the Nile, 1871 to 1970
  aed replay --dataset readings.csv -p 0.5
  aed replay --serve                      with a page on which to watch
  aed replay --json | head -1             for other programs

In a clone, \`npm start\` is another name:
  npm start -- --dataset nile
  npm --silent start -- --json`,
    )
    .action((options: ReplayOptions) => {
      const given = ofFiles.filter((option) => isGiven(option, command));
      return replayDataset(options, given, context);
    });
}

function isGiven(option: Option, command: Command): boolean {
  const name = option.attributeName();
  // --header and --no-header have one name.
  const isMeant = option.negate === (command.getOptionValue(name) === false);
  return isMeant && command.getOptionValueSource(name) === 'cli';
}

/** @param ofFiles - the flags that are given of those that say how a file is read */
async function replayDataset(
  options: ReplayOptions,
  ofFiles: readonly Option[],
  context: CliContext,
): Promise<void> {
  if (options.port !== undefined && !options.serve) {
    throw new UsageError('--port is the port of the page; it needs --serve');
  }
  const dataset = await datasetOf(options, ofFiles, context);
  // Loaded only here: the other commands need no emulators.
  const { commonTimes } = await import('../replay/common-times.ts');
  const given = {
    ...options,
    practicalThreshold: options.practicalThreshold ?? String(dataset.practicalThreshold),
  };
  const timed = timedOptions(given, detectorOptions);
  const { texts, words } = timed.of(timed.readings === 0 ? [] : commonTimes(dataset.readings));
  for (const line of words) context.error.write(`${line}\n`);
  const environment = environmentOfFlags(texts);
  const rate = options.rate ?? (options.serve ? dataset.readings.length / watchedSeconds : undefined);
  const [{ replay }, { otherThan }] = await Promise.all([
    import('../replay/replay.ts'),
    import('../replay/other-statistic.ts'),
  ]);
  const { statistic } = detectorOptions(texts);
  await replay(dataset, {
    environment,
    view: await viewFor(options, context),
    signal: context.signal,
    compareWith: detectorOptions(withStatistic(texts, otherThan(statistic))),
    ...(rate !== undefined && { rate }),
    ...(options.serve && { serve: { port: options.port ?? 0 } }),
  });
}

async function datasetOf(
  options: ReplayOptions,
  [ofFiles]: readonly Option[],
  context: CliContext,
): Promise<Dataset> {
  const times = givenTimes(options);
  const reading = { ...readingOptions(options), ...(times !== undefined && { times }) };
  const [{ openDataset, datasetNames }, { fileDataset }] = await Promise.all([
    import('../datasets/open.ts'),
    import('../replay/file-dataset.ts'),
  ]);
  const shipped = await openDataset(options.dataset);
  if (shipped !== undefined) {
    if (ofFiles === undefined) return shipped;
    throw new UsageError(
      `${ofFiles.long} says how a file is read, and --dataset ${options.dataset} is no file; leave it out`,
    );
  }
  try {
    return await fileDataset(options.dataset, reading, context);
  } catch (error) {
    if (!(error instanceof FailedError) || !error.message.startsWith('cannot read')) throw error;
    throw new FailedError(`${error.message}; data sets by name are ${datasetNames}`);
  }
}

async function viewFor({ json }: ReplayOptions, context: CliContext) {
  if (json) return (await import('../replay/json-view.ts')).jsonView(context);
  return (await import('../replay/terminal-view.ts')).terminalView(context);
}
