import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './context.ts';

/** A progress bar on standard error. It is drawn only if standard error is a terminal. */
export interface ProgressBar {
  update(done: number): void;
  stop(): void;
}

/** A bar with words of its own, by their names in its format. */
interface WordedBar extends ProgressBar {
  update(done: number, words?: Readonly<Record<string, string>>): void;
}

const nowhere: WordedBar = { update() {}, stop() {} };

/** A bar for items that are counted. */
export function countBar(error: Output, name: string, total: number): ProgressBar {
  return bar(error, `${name} {bar} {value}/{total}`, total);
}

/** A bar for a file that is read, by its bytes. @param total - `undefined` for a pipe: it has no bar, since any share of it would be untrue */
export function bytesBar(error: Output, name: string, total: number | undefined): ProgressBar {
  if (total === undefined) return nowhere;
  return bar(error, `${name} {bar} {percentage} %, {eta_formatted} left`, total);
}

/** A bar for items that pass one by one, with their number a second. @param total - `undefined` if nobody knows it */
export function rateBar(error: Output, name: string, total: number | undefined): ProgressBar {
  const rate = '{rate} a second';
  const begunAt = performance.now();
  const drawn =
    total === undefined
      ? bar(error, `${name} {value}, ${rate}`, Number.MAX_SAFE_INTEGER)
      : bar(error, `${name} {bar} {value}/{total}, ${rate}, {eta_formatted} left`, total);
  return {
    update(done) {
      drawn.update(done, { rate: String(Math.round((done * 1000) / (performance.now() - begunAt))) });
    },
    stop: () => drawn.stop(),
  };
}

function bar(error: Output, format: string, total: number): WordedBar {
  if (!error.isTTY) return nowhere;
  const single = new SingleBar(
    { stream: error, format, hideCursor: true, clearOnComplete: true, fps: 8 },
    Presets.shades_classic,
  );
  single.start(total, 0, { rate: '–' });
  return single;
}
