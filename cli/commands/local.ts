import { Command } from 'commander';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { recordVariables } from '../../lambda/environment/recorder.ts';
import type { RecordSettings } from '../../lambda/record-settings.ts';
import { peopleSettings } from '../../lib/people-settings.ts';
import { boundHeapGrowth, collectGarbage } from '../../local/heap-growth.ts';
import { makeFolder } from '../../local/kept/claim-folder.ts';
import { receiveNotifications } from '../../local/notifications.ts';
import type { Pipeline } from '../../local/pipeline.ts';
import { names, portOffsets } from '../../local/resources.ts';
import type { LivePage } from '../../web/server/serve-page.ts';
import { nonEmpty, wholeNumber } from '../arguments.ts';
import { changePointLine } from '../change-point-line.ts';
import { type CliContext, FailedError, UsageError } from '../context.ts';
import { addDetectorOptions, type DetectorTexts, environmentOfFlags } from '../detector-options.ts';
import { whyNotWritten } from '../file-error.ts';
import { optionsThatDiffer } from '../options-in-words.ts';
import { jsonLine, stylesFor, write } from '../output.ts';
import { addRecordFlags, type RecordFlags, recordSettingsOf } from '../record-flags.ts';
import { environmentLines, environmentOf } from '../service/local-environment.ts';
import { announceService, type LocalState } from '../service/state-file.ts';
import { troublesIn } from '../service/troubles-in.ts';

const digestRow = peopleSettings.digestSeconds;

interface LocalOptions extends DetectorTexts, RecordFlags {
  readonly data?: string;
  readonly port?: number;
  readonly digestSeconds?: number;
  readonly page: boolean;
  readonly readOnly: boolean;
  readonly json: boolean;
}

export function localCommand(context: CliContext): Command {
  const command = new Command('local')
    .description(
      'Runs the whole pipeline on this machine until Ctrl-C: stream, functions, tables and topic. Shows each change point.',
    )
    .option(
      '--data <folder>',
      'keep stream, tables and quarantine in this folder, and continue with them at the next start (default: in memory)',
      nonEmpty,
    )
    .option(
      '--port <number>',
      'port of Kinesis; the next four are for DynamoDB, for SNS, SQS and S3, for the page, and for Lambda (default: free ports)',
      wholeNumber(1, 65_531),
    )
    .option(
      '--digest-seconds <number>',
      `gather change points for so long for one message to people (default: ${digestRow.defaultWords})`,
      (text) => digestRow.fromText('--digest-seconds', text),
    )
    .option('--no-page', 'do not serve the page on which to watch')
    .option('--read-only', 'let the page only show, and write nothing', false)
    .option('--json', 'one JSON object a line: the addresses, then each change point', false);
  addRecordFlags(command);
  return addDetectorOptions(command)
    .addHelpText(
      'after',
      `
While it runs, the other commands of the same user find it by themselves. It prints the environment
variables for other programs, such as the AWS CLI. The folder of --data also keeps notifications
that nobody has received.

Examples:
  aed local                        then in another terminal: aed produce
  aed local -p 0.5 --data ./aed    changes below 0.5 are not reported; data is kept
  aed local --port 4566            the same ports each time
  aed local --series-id-field device.id --value-field 'temp*' --timestamp-unit s`,
    )
    .action((options: LocalOptions) => local(options, context));
}

async function local(options: LocalOptions, context: CliContext): Promise<void> {
  if (options.readOnly && !options.page)
    throw new UsageError('--read-only is for the page: leave out --no-page or --read-only');
  const records = recordSettingsOf(options);
  const environment = { ...environmentOfFlags(options), ...recordVariables.write(records) };
  const { data, port, digestSeconds } = options;
  if (data !== undefined) {
    await checkFolder(data);
    // What is kept is on the disk.
    boundHeapGrowth();
  }
  // Loaded only here: the other commands need no emulators.
  const { startPipeline } = await import('../../local/pipeline.ts');
  const pipeline = await startPipeline({
    environment,
    report: (entry) => {
      for (const trouble of troublesIn(entry)) context.error.write(`${entry.step}: ${trouble}\n`);
    },
    signal: context.signal,
    ...(data !== undefined && { folder: data }),
    ...(port !== undefined && { firstPort: port }),
    ...(digestSeconds !== undefined && { digestSeconds }),
  });
  if (data !== undefined) collectGarbage();
  try {
    context.signal.throwIfAborted();
    await serve(pipeline, records, options, context);
  } catch (error) {
    // The first failure is reported, not what follows from it.
    await pipeline.close().catch(() => {});
    throw error;
  }
  await pipeline.close();
  context.signal.throwIfAborted();
}

/** @throws FailedError that says why nothing can be kept there */
async function checkFolder(folder: string): Promise<void> {
  await makeFolder(folder).catch((error) => {
    throw new FailedError(
      `cannot keep data in ${folder}: ${whyNotWritten(error)}; name another folder with --data`,
    );
  });
}

/** Runs until the signal aborts or a function breaks. */
async function serve(
  pipeline: Pipeline,
  records: RecordSettings,
  options: LocalOptions,
  context: CliContext,
): Promise<void> {
  const page = options.page ? await servePage(pipeline, options) : undefined;
  try {
    const state = { ...stateOf(pipeline, page), records };
    const withdraw = await announceService(state, pipeline.secret);
    try {
      await announce(state, options, context);
      await Promise.race([
        showChangePoints(pipeline, options.json, context),
        pipeline.broken,
        pipeline.recorder.doneWith(Number.POSITIVE_INFINITY),
        pipeline.detector.doneWith(Number.POSITIVE_INFINITY),
        pipeline.digest.ended,
      ]);
    } finally {
      await withdraw();
    }
  } finally {
    await page?.close();
  }
}

async function servePage(pipeline: Pipeline, { port, readOnly }: LocalOptions): Promise<LivePage> {
  const { startLivePage } = await import('../../web/server/live-page.ts');
  return startLivePage({ pipeline, readOnly, ...(port !== undefined && { port: port + portOffsets.page }) });
}

function stateOf({ endpoints, lambdaEndpoint, resources }: Pipeline, page: LivePage | undefined): LocalState {
  return {
    pid: process.pid,
    endpoints,
    lambdaEndpoint,
    stream: names.stream,
    eventsTable: names.eventsTable,
    changePointsTable: names.changePointsTable,
    rulesTable: names.rulesTable,
    topicArn: resources.topicArn,
    peopleTopicArn: resources.peopleTopicArn,
    ...(page !== undefined && { page: page.url }),
  };
}

async function announce(
  state: LocalState,
  { data, json, ...texts }: LocalOptions,
  { out, environment }: CliContext,
): Promise<void> {
  if (json) return write(out, jsonLine({ type: 'started', ...state, environment: environmentOf(state) }));
  const { bold } = stylesFor(out, environment);
  const where = data === undefined ? 'data in memory' : `data in ${data}`;
  await write(
    out,
    `${bold('AED runs on this machine')}; ${where}; Ctrl-C ends it. In another terminal: aed produce, aed watch, aed series.\n` +
      `Options: ${optionsThatDiffer(texts)}\n` +
      (state.page === undefined ? '' : `Watch it in a browser: ${bold(state.page)}\n`) +
      `For other programs:\n${environmentLines(state)}\n\n`,
  );
}

async function showChangePoints(
  { clients, resources }: Pipeline,
  asJson: boolean,
  { out, signal, environment }: CliContext,
): Promise<void> {
  const styles = stylesFor(out, environment);
  const shownOnce = (found: SeriesChangePoint) =>
    asJson ? jsonLine({ type: 'changePoint', ...found }) : `${changePointLine(found, styles)}\n`;
  for await (const found of receiveNotifications(clients, resources, signal))
    await write(out, shownOnce(found));
}
