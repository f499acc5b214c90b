import { AedDetector, type ChangePoint, type ResolvedOptions } from '@aed/core';
import { Command, Option } from 'commander';
import { eventKey, hashEvent } from '../../lambda/event.ts';
import { plain } from '../../lambda/figures.ts';
import { placeInSeason } from '../../lambda/place-in-season.ts';
import { aboutSpanText } from '../../lambda/time-span.ts';
import { duration } from '../arguments.ts';
import { type CliContext, FailedError } from '../context.ts';
import {
  addDetectorOptions,
  type DetectorTexts,
  detectorOptions,
  environmentOfFlags,
} from '../detector-options.ts';
import {
  addGeneratorOptions,
  type GenerationOptions,
  generatorOptions,
  pointsOf,
  spanMs,
  startOfPast,
} from '../produce/generator-options.ts';
import { sendEvents } from '../produce/send-events.ts';
import { recordWriter, refuseArrival } from '../produce/service-records.ts';
import { type GeneratedEvent, generateTraffic, type TrueChange } from '../produce/traffic.ts';
import { readingNumbers } from '../replay/reading-numbers.ts';
import { reportPath, saveReport } from '../report/report-file.ts';
import { serviceAnswers, setSeriesOptions } from '../service/answers.ts';
import { openService } from '../service/open-service.ts';
import { addServiceOptions, type ServiceOptions, serviceHelp } from '../service/service.ts';
import { timedOptions } from '../timed-options.ts';
import { validationReport } from '../validate/report.ts';
import { score } from '../validate/score.ts';
import { sameChanges, type ValidatedChange, type Validation } from '../validate/validation.ts';
import { showValidation } from '../validate/view.ts';
import { refuseWithoutEffect } from '../without-effect.ts';

interface ValidateOptions extends GenerationOptions, ServiceOptions, DetectorTexts {
  readonly fast: boolean;
  readonly wait: number;
  readonly report: string;
  readonly ownOptions: boolean;
  readonly strict: boolean;
  readonly json: boolean;
}

export function validateCommand(context: CliContext): Command {
  const command = new Command('validate').description(
    'Sends a generated series through a service and through AED itself, and compares both with the truth. Prints a score and writes a plot.',
  );
  addServiceOptions(command, ['stream', 'changePointsTable']);
  addGeneratorOptions(command);
  return addDetectorOptions(command, 'time', { practicalThreshold: 'the standard deviation, --sd' })
    .optionsGroup('Options:')
    .option(
      '--fast',
      'put all readings at once, with times that end now; otherwise each is put at its own time',
      false,
    )
    .option(
      '--report <file>',
      'file of the plot: .html to read and zoom, .svg or .png for documents',
      reportPath,
      'aed-validation.html',
    )
    .addOption(
      new Option('--wait <time>', 'how long to wait for the service after the last reading')
        .argParser(duration)
        .default(60, '60s'),
    )
    .option(
      '--no-own-options',
      'let the service use its own options instead of those under Detection; its change points may then differ',
    )
    .option('--strict', 'a missed shift or a spurious change point is also a failure', false)
    .option('--json', 'one JSON object: the score of both, and each change', false)
    .addHelpText(
      'after',
      `
${serviceHelp} If none is named and none runs, the
command starts a pipeline for the time of the validation. The service uses the options under
Detection for this one series: they are stored with the series in the change-points table.

The exit code is 1 if the service and AED itself answer differently with the same options. With
--strict it is also 1 if AED missed a shift or found a spurious change point.

Examples:
  aed validate --seed 1                         a minute, as a device would send it
  aed validate --fast --points 2000 --report validation.png
  aed validate --fast --shift-size 2 -p 0.5 --restart-every 500
  aed validate -r us-east-1 -s <StreamName> --change-points-table <ChangePointsTableName>`,
    )
    .action((options: ValidateOptions) => validate(options, context));
}

async function validate(options: ValidateOptions, context: CliContext): Promise<void> {
  const generator = generatorOptions(options);
  const given = { ...options, practicalThreshold: options.practicalThreshold ?? String(generator.sd) };
  refuseWithoutEffect(given);
  const interval = 1000 / options.rate;
  const { options: detector, texts, words } = timedOptions(given, detectorOptions).of([0, interval]);
  for (const line of words) context.error.write(`${line}\n`);
  const name = `validate-${generator.seed}-${Date.now().toString(36)}`;
  const truths: TrueChange[] = [];
  const traffic = {
    ...generator,
    points: pointsOf(options),
    rate: options.rate,
    onChange: (change: TrueChange) => truths.push(change),
  };
  const service = await openService(options, environmentOfFlags(texts), context, (stream) => {
    const where = stream ?? 'a pipeline that this command starts, since no service runs';
    const when = options.fast
      ? 'all at once'
      : `each at its time, in about ${aboutSpanText(spanMs(traffic))}`;
    context.error.write(`putting ${plain.counted(traffic.points, 'reading')} into ${where}: ${when}\n`);
  });
  try {
    const { clients, stream, changePointsTable, isOwn } = service;
    refuseArrival(service.records, 'the times of the readings');
    const records = recordWriter(service.records);
    const seriesId = records.nameOf(name, records.field);
    const startAt = options.fast ? startOfPast(traffic) : Date.now();
    const events = [...generateTraffic({ ...traffic, seriesIds: [seriesId], startAt })];
    // Last, so that nothing is stored in a service for a series that is refused.
    if (options.ownOptions) await setSeriesOptions(clients.dynamoDb, changePointsTable, seriesId, detector);
    const { fast } = options;
    await sendEvents(events, {
      client: clients.kinesis,
      stream,
      records,
      total: events.length,
      fast,
      aggregate: 1,
      ...context,
    });
    context.signal.throwIfAborted();

    const answers = await serviceAnswers(clients.dynamoDb, changePointsTable, {
      seriesId,
      newest: keyOf(events.at(-1)),
      longestSeconds: options.wait,
      signal: context.signal,
    });
    const numbersOf = readingNumbers(events);
    const ofService = answers.map((found): ValidatedChange => ({ ...found, ...numbersOf(found) }));
    const ofAed = changesOf(events, detector);
    const validation: Validation = {
      seriesId,
      seed: generator.seed,
      sd: generator.sd,
      options: detector,
      where: isOwn ? 'a pipeline of its own' : stream,
      events,
      aed: score(truths, ofAed),
      service: score(truths, ofService),
      sameOptions: options.ownOptions,
      agrees: sameChanges(ofAed, ofService),
    };
    await showValidation(validation, options.json, context);
    await saveReport(options.report, validationReport(validation), context);
    judge(validation, options);
  } finally {
    await service.close();
  }
}

function changesOf(events: readonly GeneratedEvent[], options: ResolvedOptions): ChangePoint[] {
  const detector = new AedDetector(options);
  return events.flatMap(
    ({ value, timestamp }) => detector.push(value, placeInSeason(options, timestamp)) ?? [],
  );
}

function keyOf(event: GeneratedEvent | undefined): string {
  if (event === undefined) throw new FailedError('nothing was generated');
  return eventKey({ ...event, eventId: hashEvent(event) });
}

/** @throws FailedError that says what is wrong */
function judge({ aed, agrees }: Validation, { ownOptions, strict }: ValidateOptions): void {
  if (ownOptions && !agrees)
    throw new FailedError('the service and AED itself found different change points');
  if (!strict || (aed.missed === 0 && aed.spurious.length === 0)) return;
  throw new FailedError(
    `${plain.counted(aed.missed, 'shift was', 'shifts were')} missed and ${plain.counted(aed.spurious.length, 'change point is', 'change points are')} spurious`,
  );
}
