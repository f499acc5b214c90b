import { Command } from 'commander';
import type { SeriesChangePoint } from '../lambda/change-point.ts';
import { claimFolder } from '../local/kept/claim-folder.ts';
import { receiveNotifications } from '../local/notifications.ts';
import { type Pipeline, startPipeline } from '../local/pipeline.ts';
import { names } from '../local/resources.ts';
import { wholeNumber } from './arguments.ts';
import { changePointLine } from './change-point-line.ts';
import type { CliContext } from './context.ts';
import { describeError } from './describe-error.ts';
import { addDetectorOptions, type DetectorTexts, detectorEnvironment } from './detector-options.ts';
import { environmentLines, environmentOf } from './local-environment.ts';
import { jsonLine, stylesFor, write } from './output.ts';
import { type LocalState, removeLocalState, writeLocalState } from './service/state-file.ts';

interface LocalOptions extends DetectorTexts {
  readonly data?: string;
  readonly port?: number;
  readonly json: boolean;
}

export function localCommand(context: CliContext): Command {
  const command = new Command('local')
    .description(
      'Runs the whole pipeline on this machine until Ctrl-C: stream, functions, tables and topic, and shows each change point.',
    )
    .option(
      '--data <folder>',
      'where stream and tables are kept, to go on with the next time (default: in memory)',
    )
    .option(
      '--port <number>',
      'Kinesis here, DynamoDB on the next port, SNS, SQS and S3 on the third (default: free ones)',
      wholeNumber(1, 65_533),
    )
    .option('--json', 'one JSON object a line: where it listens, then each change point', false);
  return addDetectorOptions(command)
    .addHelpText(
      'after',
      `
While it runs, the other commands of the same user find it by themselves. The printed lines set the environment of other programs,
such as the AWS CLI. Notifications that nobody took, and what was set aside, are not kept in the folder.

Examples:
  aed local                        then in another terminal: aed produce
  aed local -p 0.5 --data ./aed    changes below 0.5 do not count; a second start goes on with the data
  aed local --port 4566            the same ports each time`,
    )
    .action((options: LocalOptions) => local(options, context));
}

async function local(options: LocalOptions, context: CliContext): Promise<void> {
  const environment = detectorEnvironment(options);
  const { data, port, json } = options;
  const release = data === undefined ? async () => {} : await claimFolder(data);
  try {
    const pipeline = await startPipeline({
      environment,
      report: ({ step, error }) => {
        if (error !== undefined) context.error.write(`${step}: ${describeError(error)}\n`);
      },
      ...(data !== undefined && { folder: data }),
      ...(port !== undefined && { firstPort: port }),
    });
    try {
      await serve(pipeline, data, json, context);
    } finally {
      await pipeline.close();
    }
  } finally {
    await release();
  }
  context.signal.throwIfAborted();
}

/** Until the signal aborts, or something breaks. */
async function serve(
  pipeline: Pipeline,
  data: string | undefined,
  asJson: boolean,
  context: CliContext,
): Promise<void> {
  const state = stateOf(pipeline);
  await writeLocalState(state);
  try {
    await announce(state, data, asJson, context);
    await Promise.race([
      showChangePoints(pipeline, asJson, context),
      pipeline.recorder.doneWith(Number.POSITIVE_INFINITY),
      pipeline.detector.doneWith(Number.POSITIVE_INFINITY),
    ]);
  } finally {
    await removeLocalState(state.pid);
  }
}

function stateOf({ endpoints, lambdaEndpoint, resources }: Pipeline): LocalState {
  return {
    pid: process.pid,
    endpoints,
    lambdaEndpoint,
    stream: names.stream,
    eventsTable: names.eventsTable,
    changePointsTable: names.changePointsTable,
    topicArn: resources.topicArn,
  };
}

async function announce(
  state: LocalState,
  data: string | undefined,
  asJson: boolean,
  { out, environment }: CliContext,
): Promise<void> {
  if (asJson) return write(out, jsonLine({ type: 'started', ...state, environment: environmentOf(state) }));
  const { bold } = stylesFor(out, environment);
  const where = data === undefined ? 'data in memory' : `data in ${data}`;
  await write(
    out,
    `${bold('AED runs on this machine')}; ${where}; Ctrl-C ends it. In another terminal: aed produce, aed watch, aed series.\n` +
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
