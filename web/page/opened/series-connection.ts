import { apiAddress } from '../api-address.ts';
import { type Handlers, type LiveSource, liveSource } from '../live-source.ts';

/** A series is requested only if it stays selected this long: arrow keys pass many. */
const settleMs = 150;

/** Listens to one series at a time. */
export interface SeriesConnection {
  /** Listens to another series. */
  open(seriesId: string): void;
  /** Asks for its history anew, at once. */
  again(): void;
}

/** @param onRefused - called with the server's words if it refuses a series */
export function seriesConnection(handlers: Handlers, onRefused: (why: string) => void): SeriesConnection {
  let source: LiveSource | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let id = '';

  function again(): void {
    source?.close();
    source = liveSource(apiAddress('/api/series', { id }), handlers, (_, why) => {
      if (why !== undefined) onRefused(why);
    });
  }
  return {
    open(seriesId) {
      id = seriesId;
      clearTimeout(settling);
      settling = setTimeout(again, settleMs);
    },
    again,
  };
}
