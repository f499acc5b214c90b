import { utcTime } from '../../../lambda/times.ts';
import type { zones } from './chosen.ts';

export type Zone = (typeof zones)[number];

/** Times as the reader wants them: in UTC, or in the zone of the browser. */
export interface ShownTimes {
  zone: Zone;
  /** The zone by its name. */
  readonly name: string;
  /** Date and time of day, without milliseconds if they are 0. */
  text(milliseconds: number): string;
}

export function shownTimes(zone: Zone = 'utc'): ShownTimes {
  return {
    zone,
    get name() {
      return this.zone === 'utc' ? 'UTC' : zoneOfBrowser();
    },
    text(milliseconds) {
      return this.zone === 'utc' ? utcTime(milliseconds) : localTime(milliseconds);
    },
  };
}

export function zoneOfBrowser(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Its offset is that of the moment itself, summer or winter. */
function localTime(milliseconds: number): string {
  const offsetMs = new Date(milliseconds).getTimezoneOffset() * 60_000;
  return utcTime(milliseconds - offsetMs);
}
