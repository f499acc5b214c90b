import { basename } from 'node:path';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { withoutControls } from '../../lambda/printable.ts';
import type { CliContext } from '../context.ts';
import { defaultFields } from '../produce/service-records.ts';
import { type ProgressBar, rateBar } from '../progress.ts';
import type { FileOfEvents, FilePut } from './file-put.ts';
import { shownEvents } from './put-flags.ts';
import { type PutPlan, putReadings } from './put-readings.ts';
import { readingsPerRecord } from './row-records.ts';
import { type Outlet, streamOutlet } from './send-in-order.ts';
import { showStopped, stoppedBy } from './stopped.ts';
import { showEvent, showPut } from './view.ts';

/** The stream of a service. */
export interface PutTarget {
  readonly client: KinesisClient;
  readonly stream: string;
}

/**
 * Puts a file into a stream, with a progress bar, and shows what became of it.
 *
 * @throws FailedError naming what is wrong, and how to go on if something was put; the signal's reason if it aborts
 */
export async function putIntoStream(
  path: string,
  plan: PutPlan,
  { client, stream }: PutTarget,
  asJson: boolean,
  context: CliContext,
): Promise<void> {
  const { error, signal } = context;
  let bar: ProgressBar | undefined;
  let put: FilePut | undefined;
  let count = 0;
  const perRecord = readingsPerRecord(plan.records ?? defaultFields);
  let begunAt = performance.now();
  const onPut = (more: number) => {
    count += more * perRecord;
    bar?.update(count);
  };
  let file: FileOfEvents;
  try {
    file = await putReadings(
      path,
      plan,
      {
        outlet(checked) {
          begunAt = performance.now();
          bar = rateBar(error, 'put', checked?.placed);
          return streamOutlet(client, stream, onPut);
        },
        begun(begun) {
          put = begun;
        },
      },
      context,
    );
  } catch (cause) {
    bar?.stop();
    const { refused } = put ?? {};
    if (signal.aborted)
      for (const words of refused?.words() ?? []) error.write(`${withoutControls(words)}\n`);
    const position = put?.position();
    if (position === undefined) throw cause;
    const stop = { put: count, position, isStandardInput: path === '-', refused: refused?.count ?? 0 };
    if (!signal.aborted) throw stoppedBy(stop, cause);
    await showStopped(stop, asJson, context);
    throw cause;
  }
  bar?.stop();
  const seconds = (performance.now() - begunAt) / 1000;
  await showPut(file, { input: nameOf(path), stream, seconds }, asJson, context);
}

/** Shows what would be put. */
export async function dryPut(
  path: string,
  plan: PutPlan,
  asJson: boolean,
  context: CliContext,
): Promise<void> {
  let shown = 0;
  const begunAt = performance.now();
  const outlet: Outlet = async (events) => {
    for (const event of events.slice(0, shownEvents - shown)) await showEvent(event, asJson, context);
    shown = Math.min(shownEvents, shown + events.length);
    return events.length;
  };
  const file = await putReadings(path, plan, { outlet: () => outlet, begun() {} }, context);
  const seconds = (performance.now() - begunAt) / 1000;
  await showPut(file, { input: nameOf(path), stream: undefined, seconds }, asJson, context);
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : basename(path);
}
