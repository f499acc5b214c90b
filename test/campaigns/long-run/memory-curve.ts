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

/** Memory over the minutes of a run, in MB. */
export interface MemoryCurve {
  add(minute: number, megabytes: number): void;
  /** What was added since the last call, rounded. */
  take(): { readonly least: number; readonly median: number; readonly most: number };
  /** The most of all. */
  readonly most: number;
  /** By what share the highest tenth of the run after the warm-up exceeds the first one, both by their medians. */
  growth(warmUpMinutes: number, minutes: number): number;
}

const parts = 10;

export function memoryCurve(): MemoryCurve {
  const samples: { readonly minute: number; readonly megabytes: number }[] = [];
  let taken = 0;
  const sorted = (some: typeof samples) => some.map(({ megabytes }) => megabytes).sort((a, b) => a - b);
  const medianOf = (values: readonly number[]) => values[values.length >> 1] ?? Number.NaN;
  return {
    add(minute, megabytes) {
      samples.push({ minute, megabytes });
    },
    take() {
      const values = sorted(samples.slice(taken)).map(Math.round);
      taken = samples.length;
      return { least: values[0] ?? Number.NaN, median: medianOf(values), most: values.at(-1) ?? Number.NaN };
    },
    get most() {
      return sorted(samples).at(-1) ?? Number.NaN;
    },
    growth(warmUpMinutes, minutes) {
      const length = (minutes - warmUpMinutes) / parts;
      const course = Array.from({ length: parts }, (_, part) => {
        const from = warmUpMinutes + part * length;
        return medianOf(sorted(samples.filter(({ minute }) => minute >= from && minute < from + length)));
      });
      const [first = Number.NaN] = course;
      return Math.max(...course) / first - 1;
    },
  };
}
