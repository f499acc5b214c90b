import type { ResolvedOptions } from '@aed/core';
import { type WanderWatch, wanderWatch } from '../web/compare/wander.ts';
import { type Remedies, wanderNote } from '../web/compare/wander-note.ts';

/** Follows the series of a file, to tell whether their change points may be wander. */
export interface FileWander {
  /** Follows another series. @param options - of the reports; @param ofScan - with which the scan would run */
  follow(options: ResolvedOptions, ofScan: ResolvedOptions): WanderWatch;
  /** What is to be said of the readings so far, if anything. */
  note(remedies: Remedies): string | undefined;
}

/** No more is compared: the comparison halves the speed, and memory must not grow with the file. */
export const mostCompared = { readings: 200_000, series: 50 };

export function fileWander(most = mostCompared): FileWander {
  const watches: WanderWatch[] = [];
  let readings = 0;
  let [readingsLeft, seriesLeft] = [false, false];

  return {
    follow(options, ofScan) {
      if (watches.length === most.series) {
        seriesLeft = true;
        return { push() {}, wander: undefined };
      }
      const watch = wanderWatch(options, ofScan);
      watches.push(watch);
      return {
        push(value) {
          if (readings < most.readings) {
            readings++;
            watch.push(value);
          } else readingsLeft = true;
        },
        get wander() {
          return watch.wander;
        },
      };
    },
    note(remedies) {
      const wanders = watches.flatMap(({ wander }) => wander ?? []);
      if (wanders.length === 0) return undefined;
      const compared = {
        series: watches.length,
        seriesLeft,
        ...(readingsLeft && { firstReadings: most.readings }),
      };
      return wanderNote(wanders, compared, remedies);
    },
  };
}

/** The remedies on the command line. @param practicalThreshold - the one in force */
export function remediesOfFlags(practicalThreshold: number): Remedies {
  const flag = '--practical-threshold';
  return {
    scan: '--statistic scan',
    threshold: practicalThreshold === 0 ? flag : `a ${flag} above ${practicalThreshold}`,
  };
}
