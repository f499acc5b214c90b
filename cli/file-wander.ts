import type { ResolvedOptions } from '@aed/core';
import { type Wander, type WanderWatch, wanderWatch } from '../web/compare/wander.ts';
import { type Remedies, wanderNote } from '../web/compare/wander-note.ts';

/** Follows the series of a file, to tell whether their change points may be wander. */
export interface FileWander {
  /** Follows another series. @param options - of the reports; @param ofScan - with which the scan would run */
  follow(options: ResolvedOptions, ofScan: ResolvedOptions): Pick<WanderWatch, 'push'>;
  /** What is to be said of the readings so far, if anything. */
  note(remedies: Remedies): string | undefined;
}

/** No more is compared: the comparison halves the speed, and memory must not grow with the file. */
export const mostCompared = { readings: 200_000, series: 50 };

export function fileWander(most = mostCompared): FileWander {
  let watches: WanderWatch[] = [];
  /** What they say once no more is compared. Then they are let go, with their memory. */
  let said: readonly Wander[] | undefined;
  let [series, readings, seriesLeft] = [0, 0, false];
  const say = () => watches.flatMap(({ wander }) => wander ?? []);

  return {
    follow(options, ofScan) {
      if (said !== undefined || series === most.series) {
        seriesLeft = true;
        return { push() {} };
      }
      const index = series++;
      watches.push(wanderWatch(options, ofScan));
      return {
        push(value, place) {
          if (readings === most.readings && said === undefined) {
            said = say();
            watches = [];
          }
          if (said !== undefined) return;
          readings++;
          watches[index]?.push(value, place);
        },
      };
    },
    note(remedies) {
      const wanders = said ?? say();
      if (wanders.length === 0) return undefined;
      const part = { series, seriesLeft, ...(said !== undefined && { firstReadings: most.readings }) };
      return wanderNote(wanders, part, remedies);
    },
  };
}

/**
 * The remedies on the command line.
 *
 * @param practicalThreshold - the one in force
 * @param isSeasonTold - whether a season is told of, too
 */
export function remediesOfFlags(practicalThreshold: number, isSeasonTold = false): Remedies {
  const flag = '--practical-threshold';
  return {
    scan: '--statistic scan',
    isSeasonTold,
    threshold: practicalThreshold === 0 ? flag : `a ${flag} above ${practicalThreshold}`,
  };
}
