import { Command } from 'commander';
import { eventSettings } from '../../lambda/settings.ts';
import { nonEmpty, timestamp, wholeNumber } from '../arguments.ts';
import { type CliContext, UsageError } from '../context.ts';
import { flagOf } from '../flag-name.ts';
import { toCsv } from '../produce/csv.ts';
import type { GeneratorOptions } from '../produce/generator.ts';
import {
  addGeneratorOptions,
  type GenerationOptions,
  generatorOptions,
  pointsOf,
  spanMs,
  startOfPast,
} from '../produce/generator-options.ts';
import { type Produced, sendEvents } from '../produce/send-events.ts';
import { recordWriter, refuseArrival } from '../produce/service-records.ts';
import { generateTraffic, type TrafficOptions, type TrueChange } from '../produce/traffic.ts';
import { showProduced } from '../produce/view.ts';
import { addRecordFlags, type RecordFlags, recordFlagNames, recordSettingsOf } from '../record-flags.ts';
import { addServiceOptions, type ServiceOptions, serviceHelp } from '../service/service.ts';
import { withService } from '../service/with-service.ts';

interface ProduceOptions extends GenerationOptions, ServiceOptions, RecordFlags {
  readonly csv?: string | true;
  readonly series: number;
  readonly name: string;
  readonly start?: number;
  readonly fast: boolean;
  readonly aggregate: number;
  readonly json: boolean;
}

/** Each series has a name and a generator in memory. */
const mostSeries = 100_000;

/** Default start of the readings in a file. It is fixed, so that the same seed makes the same file. */
const startOfFiles = Date.parse('2026-01-01T00:00:00Z');

export function produceCommand(context: CliContext): Command {
  const command = new Command('produce').description(
    'Generates series whose level shifts, puts them into a stream or a CSV file, and prints the true changes.',
  );
  addServiceOptions(command, ['stream'])
    .optionsGroup('Options:')
    .option('--csv [file]', 'write CSV to a file or to standard output, instead of putting into a stream')
    .option('--series <number>', 'number of series', wholeNumber(1, mostSeries), 1)
    .option(
      '--name <text>',
      'name of the series; several series are numbered, as in generated-1',
      nonEmpty,
      'generated',
    );
  addGeneratorOptions(command)
    .optionsGroup('Options:')
    .option(
      '--fast',
      'put all readings at once, with times that end now, instead of each reading at its own time',
      false,
    )
    .option(
      '--start <time>',
      'time of the first reading, with --csv (default: 2026-01-01T00:00:00Z) or --fast (default: so that the last reading is now)',
      timestamp,
    )
    .option(
      '--aggregate <readings>',
      'readings of a series that share a record, which is put with the last of them',
      wholeNumber(1, 10_000),
      1,
    )
    .option('--json', 'one JSON object a line: each true change, then a summary', false);
  return addRecordFlags(command, true)
    .addHelpText(
      'after',
      `
${serviceHelp}

Examples:
  aed produce                                      a minute of readings into \`aed local\`
  aed produce -r us-east-1 -s records --series 20  20 series into a deployed service
  aed produce --csv readings.csv --points 5000 --seed 1
  aed produce --csv --seed 1 | aed detect -        without a service
  aed produce --fast --points 2000 --shift-size 3 --noise heavy-tailed`,
    )
    .action((options: ProduceOptions) => {
      // AED_STREAM in the environment may be meant for other commands.
      const given = forStreams.filter((name) => command.getOptionValueSource(name) === 'cli');
      if (options.csv !== undefined && given[0] !== undefined) throw onlyForStreams(flagOf(given[0]));
      return produce(options, context);
    });
}

const forStreams = ['region', 'endpoint', 'stream', ...recordFlagNames];

function onlyForStreams(option: string): UsageError {
  return new UsageError(`${option} is for streams; leave out --csv`);
}

async function produce(options: ProduceOptions, context: CliContext): Promise<void> {
  if (options.aggregate > 1 && options.csv !== undefined) throw onlyForStreams('--aggregate');
  if (options.fast && options.csv !== undefined) throw onlyForStreams('--fast');
  if (options.start !== undefined && options.csv === undefined && !options.fast) {
    throw new UsageError('--start is for --csv and --fast; without them each reading is put at its own time');
  }
  const generator = generatorOptions(options);
  const changes: TrueChange[] = [];
  const traffic = {
    ...generator,
    seriesIds: seriesIds(options),
    points: pointsOf(options),
    rate: options.rate,
    onChange: (change: TrueChange) => changes.push(change),
  };
  const { eventsOf, ...produced } = await (options.csv === undefined ? toService : toFile)(
    traffic,
    options,
    context,
  );
  // Readings are made ahead, and Ctrl-C leaves the last ones unput.
  const isThere = ({ seriesId, reading }: TrueChange) =>
    eventsOf === undefined || reading < (eventsOf.get(seriesId) ?? 0);
  // If the readings go to standard output, the summary goes to standard error.
  const isPiped = options.csv === true || options.csv === '-';
  const report = { ...produced, seed: generator.seed, changes: changes.filter(isThere) };
  await showProduced(report, options.json, {
    ...context,
    out: isPiped ? context.error : context.out,
  });
  context.signal.throwIfAborted();
}

type Traffic = GeneratorOptions & Omit<TrafficOptions, 'startAt'>;

function totalOf({ points, seriesIds }: Traffic): number {
  return points * seriesIds.length;
}

async function toFile(
  traffic: Traffic,
  { csv, start = startOfFiles }: ProduceOptions,
  context: CliContext,
): Promise<Produced> {
  const path = csv === true || csv === '-' || csv === undefined ? undefined : csv;
  const events = generateTraffic({ ...traffic, startAt: start });
  return toCsv(events, path, totalOf(traffic), context);
}

async function toService(traffic: Traffic, options: ProduceOptions, context: CliContext): Promise<Produced> {
  const startAt = options.fast ? (options.start ?? startOfPast(traffic)) : Date.now();
  if (options.fast) checkStart(startAt, traffic);
  return withService(options, ['stream'], context, (service, { kinesis: client }) => {
    const settings = recordSettingsOf(options, service.records);
    if (options.fast) refuseArrival(settings, 'the times of readings that are put with --fast');
    const records = recordWriter(settings);
    const seriesIds = traffic.seriesIds.map((seriesId) => records.nameOf(seriesId, records.field));
    return sendEvents(generateTraffic({ ...traffic, seriesIds, startAt }), {
      client,
      stream: service.stream,
      records,
      total: totalOf(traffic),
      ...options,
      ...context,
    });
  });
}

/** @throws UsageError if the service would set readings aside as too far ahead */
function checkStart(startAt: number, traffic: Traffic): void {
  const { default: most } = eventSettings.maxFutureSkewSeconds;
  const last = startAt + spanMs(traffic);
  if (last <= Date.now() + most * 1000) return;
  throw new UsageError(
    `--start must put the last reading at most ${most} s into the future, because the service sets aside later ones; got ${new Date(last).toISOString()}`,
  );
}

function seriesIds({ series, name }: ProduceOptions): readonly string[] {
  return series === 1 ? [name] : Array.from({ length: series }, (_, index) => `${name}-${index + 1}`);
}
