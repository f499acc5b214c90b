import { Presets, SingleBar } from 'cli-progress';

/** How far a command has come; shown on standard error where that is a terminal, and nowhere else. */
export interface ProgressBar {
  update(done: number): void;
  stop(): void;
}

const nowhere: ProgressBar = { update() {}, stop() {} };

/** Of something that is counted. */
export function countBar(error: NodeJS.WriteStream, name: string, total: number): ProgressBar {
  return bar(error, `${name} {bar} {value}/{total}`, total);
}

/** Of a file, by its bytes. */
export function bytesBar(error: NodeJS.WriteStream, name: string, total: number): ProgressBar {
  return bar(error, `${name} {bar} {percentage} %, {eta_formatted} left`, total);
}

function bar(error: NodeJS.WriteStream, format: string, total: number): ProgressBar {
  if (!error.isTTY) return nowhere;
  const single = new SingleBar(
    { stream: error, format, hideCursor: true, clearOnComplete: true, fps: 8 },
    Presets.shades_classic,
  );
  single.start(total, 0);
  return single;
}
