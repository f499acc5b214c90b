import { Command } from 'commander';
import { exitCodes, processContext, ReaderGoneError } from '../cli/context.ts';
import { openDataset } from '../cli/datasets/open.ts';
import { detectorEnvironment } from '../cli/detector-options.ts';
import { jsonView } from '../cli/replay/json-view.ts';
import { ReplayError, replay } from '../cli/replay/replay.ts';
import { terminalView } from '../cli/replay/terminal-view.ts';

interface StartOptions {
  readonly dataset: string;
  readonly alpha: string;
  readonly practicalThreshold?: string;
  readonly window: string;
  readonly startup: string;
  readonly json: boolean;
  readonly serve: boolean;
  readonly port?: string;
  readonly rate?: string;
}

/** With a page to watch on, the readings of a data set are spread over this time unless a rate is given. */
const watchedSeconds = 40;

const { out, error: errors, signal } = processContext();

await new Command('npm start --')
  .description(
    'Runs the whole pipeline on this machine: puts a data set into a stream, records it, tests it, and shows each ' +
      'change point as its notification arrives.',
  )
  .option(
    '--dataset <name or file>',
    'sensor-network, nile, or a CSV file with the columns seriesId,timestamp,value',
    'sensor-network',
  )
  .option(
    '-p, --practical-threshold <number>',
    'smaller changes are not reported; in the unit of the data (default: 3 for sensor-network, else 0)',
  )
  .option('-a, --alpha <number>', 'significance level of each test, between 0 and 1', '0.01')
  .option('-w, --window <points>', 'points on each side of a change that its magnitude ignores', '5')
  .option('-x, --startup <points>', 'points of a regime before its first test', '5')
  .option('--json', 'one JSON object a line: each notification, then a summary', false)
  .option('--serve', 'serve a page on which to watch, until Ctrl-C', false)
  .option('--port <number>', 'port of that page (default: a free one)')
  .option(
    '--rate <readings>',
    `readings put a second (default: as many as are taken; with --serve all in ${watchedSeconds} s)`,
  )
  .addHelpText(
    'after',
    `
Examples:
  npm start                                    humidity at four sensor motes
  npm start -- --dataset nile                  annual flow of the Nile, 1871 to 1970
  npm start -- --dataset readings.csv -p 0.5   your own readings; changes below 0.5 do not count
  npm start -- --serve                         watch it in a browser
  npm --silent start -- --json | head -1       for other programs: npm itself must be silent, too

A CSV file may have any number of series; the readings of one must be in the order of time. Timestamps are ISO 8601
with a zone, or epoch milliseconds; a column eventId tells apart equal readings of one moment. Readings that
cannot be read are set aside and counted by reason; docs/operations.md explains the reasons.`,
  )
  .showHelpAfterError('(see npm start -- --help)')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.ok : exitCodes.usage))
  .action(run)
  .parseAsync();

async function run(options: StartOptions): Promise<void> {
  try {
    const dataset = await openDataset(options.dataset);
    const environment = detectorEnvironment({
      ...options,
      practicalThreshold: options.practicalThreshold ?? String(dataset.practicalThreshold),
    });
    const view = options.json ? jsonView((line) => out.write(line)) : terminalView({ out, error: errors });
    await replay(dataset, {
      environment,
      view,
      signal,
      ...watching(options, dataset.readings.length),
    });
  } catch (error) {
    if (signal.reason instanceof ReaderGoneError) return;
    if (signal.aborted) {
      errors.write('stopped\n');
      process.exitCode = exitCodes.interrupted;
      return;
    }
    errors.write(`error: ${describe(error)}\n`);
    process.exitCode = error instanceof RangeError ? exitCodes.usage : exitCodes.failure;
  }
}

/** How fast readings are put, and whether there is a page. @throws RangeError for a port or a rate that cannot be */
function watching({ serve, port, rate }: StartOptions, readings: number) {
  if (port !== undefined && !serve) throw new RangeError('port is that of the page: it needs --serve');
  const portNumber = Number(port ?? 0);
  if (!Number.isInteger(portNumber) || portNumber < 0 || portNumber > 65_535 || port?.trim() === '') {
    throw new RangeError(`port must be an integer from 0 to 65535, got '${port}'`);
  }
  const perSecond = rate === undefined ? undefined : Number(rate);
  if (perSecond !== undefined && !(perSecond > 0 && perSecond < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`rate must be a number greater than 0, got '${rate}'`);
  }
  const paced = perSecond ?? (serve ? readings / watchedSeconds : undefined);
  return {
    ...(serve && { serve: { port: portNumber } }),
    ...(paced !== undefined && { rate: paced }),
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof ReplayError) || error.cause === undefined) return error.message;
  return `${error.message}; the last failure was: ${describe(error.cause)}`;
}
