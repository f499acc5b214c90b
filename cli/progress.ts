import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './context.ts';

/** How far a command has come; shown on standard error where that is a terminal, and nowhere else. */
export interface ProgressBar {
  update(done: number): void;
  stop(): void;
}

const nowhere: ProgressBar = { update() {}, stop() {} };

/** Of something that is counted. */
export function countBar(error: Output, name: string, total: number): ProgressBar {
  return bar(error, `${name} {bar} {value}/{total}`, total);
}

/** Of a file, by its bytes. */
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
