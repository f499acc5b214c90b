import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './context.ts';

/** A progress bar on standard error. It is drawn only if standard error is a terminal. */
export interface ProgressBar {
  update(done: number): void;
  stop(): void;
}

const nowhere: ProgressBar = { update() {}, stop() {} };

/** A bar for items that are counted. */
export function countBar(error: Output, name: string, total: number): ProgressBar {
  return bar(error, `${name} {bar} {value}/{total}`, total);
}

/** A bar for a file that is read, by its bytes. */
export function bytesBar(error: Output, name: string, total: number): ProgressBar {
  return bar(error, `${name} {bar} {percentage} %, {eta_formatted} left`, total);
}

function bar(error: Output, format: string, total: number): ProgressBar {
  if (!error.isTTY) return nowhere;
  const single = new SingleBar(
    { stream: error, format, hideCursor: true, clearOnComplete: true, fps: 8 },
    Presets.shades_classic,
  );
  single.start(total, 0);
  return single;
}
