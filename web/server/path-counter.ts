import type { ReportEntry } from '../../lambda/function-report.ts';
import type { Mapping } from '../../local/event-source-mapping/mapping.ts';
import type { Pipeline } from '../../local/pipeline.ts';
import type { PathCounts } from '../wire.ts';
import { lagClock } from './lag-clock.ts';

export interface PathCounter {
  readonly counts: PathCounts;
  notified(): void;
  stop(): void;
}

/** Counts, from now on, what passes each step from put to notified, and measures the lag. */
export function countPath({ streamPuts, tableStream, recorder, detector, onReport }: Pipeline): PathCounter {
  const counts = {
    recorded: 0,
    quarantined: 0,
    tested: 0,
    late: 0,
    changePoints: 0,
    notified: 0,
    errors: 0,
  };
  const reasons: Record<string, number> = {};
  const putBefore = streamPuts.count;
  const toRecorded = lagClock(() => performance.now());
  const toTested = lagClock(() => performance.now());

  function readClocks(): void {
    toRecorded.ended(doneWith(recorder));
    toTested.ended(doneWith(detector));
  }

  const stops = [
    streamPuts.onPut(() => toRecorded.began(streamPuts.count)),
    tableStream.onRecord(({ eventName }) => {
      toTested.began(tableStream.length);
      // The table's stream tells of each event at once, while the function reports a whole batch later.
      if (eventName === 'INSERT') counts.recorded++;
    }),
    onReport((entry) => {
      for (const name of ['quarantined', 'tested', 'late', 'changePoints'] as const) {
        counts[name] += numberIn(entry, name);
      }
      if (entry.error !== undefined) counts.errors++;
      for (const [reason, count] of Object.entries((entry.reasons ?? {}) as Record<string, number>)) {
        reasons[reason] = (reasons[reason] ?? 0) + count;
      }
      // The mapping counts a batch as done a moment after its function reported.
      setImmediate(readClocks);
    }),
  ];

  return {
    get counts() {
      readClocks();
      const { changePoints: found, ...others } = counts;
      const lagMs = Math.round(toRecorded.lagMs + toTested.lagMs);
      return { ...others, put: streamPuts.count - putBefore, found, reasons: { ...reasons }, lagMs };
    },
    notified() {
      counts.notified++;
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

function numberIn(entry: ReportEntry, name: string): number {
  const value = entry[name];
  return typeof value === 'number' ? value : 0;
}

function doneWith({ progress: { succeeded, discarded, filtered } }: Mapping): number {
  return succeeded + discarded + filtered;
}
