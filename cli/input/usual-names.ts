/** The names that the service uses, for columns that nobody chose. */
export const usual = { value: 'value', series: 'seriesId', time: 'timestamp', id: 'eventId' } as const;

export const usualNames: readonly string[] = Object.values(usual);

const timeNames = new Set(
  (
    'timestamp time ts t when date datetime day year at epoch unixtime unixtimestamp epochms timestampms timems timeutc utctime datetimeutc utc ' +
    'localtime createdat measuredat recordedat eventtime sampletime zeit zeitstempel zeitpunkt messzeit messzeitpunkt jahr datum datumzeit fecha fechahora horodatage dateheure'
  ).split(' '),
);

/** Whether a column's name says that it has times. Of a path, its last part counts. */
export function namesTime(name: string): boolean {
  if (namesRest(name)) return false;
  const last = name.slice(name.lastIndexOf('.') + 1);
  return timeNames.has(last.toLowerCase().replaceAll(/[^\p{L}]/gu, ''));
}

/** Whether a column's name says that it has what is left of a time, or what is past: it runs backward as time goes on. */
export function namesRest(name: string): boolean {
  return /remain|countdown|(^|[^a-z])(left|until|to[ _]?go|ago|bp|ma|rul|ttl|rest|restzeit|due)([^a-z]|$)/i.test(
    name,
  );
}

const timeWords = new Set(
  'time timestamp ts date datetime datum zeit zeitstempel zeitpunkt epoch elapsed year month jahr monat fecha hora heure seen uhrzeit clock doy jday yday julian jd mjd bjd hjd week quarter'.split(
    ' ',
  ),
);

/** Whether a word of a column's name tells of times, which may be durations: `Time [s]`, `lastSeen`, `local_time`. */
export function mayNameTime(name: string): boolean {
  if (namesRest(name)) return false;
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return namesTime(name) || words.split(/[^\p{L}]+/u).some((word) => timeWords.has(word));
}

/** Whether a column's name says that it has times of day, even as digits alone. */
export function namesClock(name: string): boolean {
  return /time|clock|hhmm|zeit|heure|hora/i.test(name);
}

/** Whether a column's name says that it has parts of a second. */
export function namesFraction(name: string): boolean {
  return /^(ms|msecs?|millis|milliseconds?|us|usecs?|micros|microseconds?|ns|nsecs?|nanos|nanoseconds?|fraction)$/i.test(
    name,
  );
}

/** Whether a column's name says that it has hours of the day. */
export function namesHour(name: string): boolean {
  return /^(hours?|hr|hour_?of_?day|stunde|heure|hora)$/i.test(name);
}

/** Whether a column's name says that it tells devices apart, even by numbers. */
export function namesSeries(name: string): boolean {
  return /(^|[^a-z])(id|device|sensor|station|channel|ch|series|serial|host|node|site|machine|unit|meter|pump|room|zone|addr|address|tag|ip|mac|asset|location|loc|motor|robot|tank|floor|rack)s?([^a-z]|$|id)/i.test(
    name.replaceAll(/([a-z])([A-Z])/g, '$1_$2'),
  );
}

/** Whether a column's name says that it numbers the rows. */
export function namesRow(name: string): boolean {
  return /^(#|unnamed: 0|rownames?|(id|no|nr|num|number|row|rec|record|index|idx|seq|sequence|line|entry|sample)([ _]?(id|no|nr|num|number))?)$/i.test(
    name,
  );
}

/** Whether a column has no name but its number, or one of remarks. */
export function namesNoNumbers(name: string): boolean {
  return /^(\d*|(note|comment|remark|text|description|bemerkung|kommentar)s?)$/i.test(name);
}
