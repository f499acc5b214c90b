import { readFileSync } from 'node:fs';

/**
 * Memory that a process allocated, in MB, without the files that it maps. Linux alone tells.
 *
 * @returns `undefined` if the process is gone
 */
export function anonymousMegabytes(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** What a process had allocated at a moment. */
export interface MemorySample {
  /** Of the run. */
  readonly minute: number;
  /** Of the process. */
  readonly ageSeconds: number;
  readonly megabytes: number;
}

/** Memory over the minutes of a run, in MB. */
export interface MemoryCurve {
  add(sample: MemorySample): void;
  /** What was added since the last call, rounded. */
  take(): { readonly least: number; readonly median: number; readonly most: number };
  /** The most of all. */
  readonly most: number;
  /**
   * By what share the highest tenth of the run after the warm-up exceeds the first one, both by their medians.
   *
   * @param leastAge - seconds that a process must be old to count: a young one grows, whatever its folder holds
   * @returns NaN if no process was so old in the first tenth
   */
  growth(warmUpMinutes: number, minutes: number, leastAge: number): number;
}

const parts = 10;

export function memoryCurve(): MemoryCurve {
  const samples: MemorySample[] = [];
  let taken = 0;
  const sorted = (some: typeof samples) => some.map(({ megabytes }) => megabytes).sort((a, b) => a - b);
  const medianOf = (values: readonly number[]) => values[values.length >> 1] ?? Number.NaN;
  return {
    add(sample) {
      samples.push(sample);
    },
    take() {
      const values = sorted(samples.slice(taken)).map(Math.round);
      taken = samples.length;
      return { least: values[0] ?? Number.NaN, median: medianOf(values), most: values.at(-1) ?? Number.NaN };
    },
    get most() {
      return sorted(samples).at(-1) ?? Number.NaN;
    },
    growth(warmUpMinutes, minutes, leastAge) {
      const length = (minutes - warmUpMinutes) / parts;
      const old = samples.filter(({ ageSeconds }) => ageSeconds >= leastAge);
      const [first = Number.NaN, ...later] = Array.from({ length: parts }, (_, part) => {
        const from = warmUpMinutes + part * length;
        return medianOf(sorted(old.filter(({ minute }) => minute >= from && minute < from + length)));
      });
      return Math.max(first, ...later.filter((median) => !Number.isNaN(median))) / first - 1;
    },
  };
}
