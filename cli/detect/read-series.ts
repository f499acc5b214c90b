import { withoutControls } from '../../lambda/printable.ts';
import { type CliContext, FailedError } from '../context.ts';
import { describeError } from '../describe-error.ts';
import type { Input } from '../input/open-input.ts';
import { type ReadOptions, type ReadSummary, readReadings } from '../input/read-readings.ts';
import { SharedTimesError } from '../points-of-time.ts';
import { bytesBar } from '../progress.ts';
import type { FileFindings, FileSeries } from './file-series.ts';

/** What was read of an input, and found in it. */
export interface SeriesRead {
  readonly read: ReadSummary;
  /** Rows and cells that have a number. */
  readonly readings: number;
  readonly findings: FileFindings;
}

/**
 * Reads all readings of an input into their series. After Ctrl-C, what has come is all.
 *
 * @param onLull - called when the input pauses
 * @throws FailedError naming the input
 */
export async function readSeries(
  input: Input,
  options: ReadOptions,
  series: FileSeries,
  onLull: () => void,
  { signal, error: out }: Pick<CliContext, 'signal' | 'error'>,
): Promise<SeriesRead> {
  let [readings, bytes] = [0, 0];
  let [hasWaited, isBadTold] = [false, false];
  let hint: string | undefined;
  const bar = bytesBar(out, input.name, input.bytes);
  input.stream.on('data', (piece: Buffer) => {
    bytes += piece.length;
    bar.update(bytes);
  });
  try {
    const read = await readReadings(input, options, {
      begun(_, plan) {
        hint = plan.hint;
      },
      reading(name, { time, value }) {
        readings++;
        series.of(name).push(value, time);
      },
      gap: (name) => series.of(name).skip(),
      repeated() {},
      lull(firstBad) {
        onLull();
        if (firstBad !== undefined && !isBadTold)
          out.write(`${withoutControls(`${input.name}: ${noReading(firstBad)}`)}\n`);
        isBadTold = firstBad !== undefined;
      },
      waiting(why) {
        if (!hasWaited) out.write(`${withoutControls(`${input.name} waits for more rows: ${why}`)}\n`);
        hasWaited = true;
      },
    });
    const findings = series.end();
    // Series that are mixed up have a season of their own.
    return {
      read,
      readings,
      findings: read.hint === undefined ? findings : { ...findings, seasonNote: undefined },
    };
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    const further = error instanceof SharedTimesError && hint !== undefined ? `; ${hint}` : '';
    const named = new FailedError(`${input.name}: ${error.message}${further}`);
    // An interrupted command prints nothing else.
    if (signal.aborted) out.write(`error: ${describeError(named)}\n`);
    throw named;
  } finally {
    bar.stop();
  }
}

/** Said at once, so that a user who watches need not wait for the counts at the end. */
function noReading({ row, text }: { readonly row: number; readonly text: string }): string {
  const shown = text === '' ? '' : `: '${text.slice(0, 40)}'`;
  return `row ${row} has no reading${shown}; further ones are counted at the end`;
}
