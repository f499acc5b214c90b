/** The names that the service uses, for columns that nobody chose. */
export const usual = { value: 'value', series: 'seriesId', time: 'timestamp', id: 'eventId' } as const;

export const usualNames: readonly string[] = Object.values(usual);

const timeNames = new Set(
  (
    'timestamp time ts t when date datetime day year at epoch unixtime unixtimestamp epochms timestampms timems timeutc datetimeutc utc ' +
    'localtime createdat measuredat recordedat eventtime sampletime zeit zeitstempel jahr datum datumzeit fecha fechahora horodatage dateheure'
  ).split(' '),
);

/** Whether a column's name says that it has times. Of a path, its last part counts. */
export function namesTime(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return timeNames.has(last.toLowerCase().replaceAll(/[^\p{L}]/gu, ''));
}

/** Whether a column's name says that it has hours of the day. */
export function namesHour(name: string): boolean {
  return /^(hours?|hr|hour_?of_?day|stunde|heure|hora)$/i.test(name);
}

/** Whether a column's name says that it tells devices apart, even by numbers. */
export function namesSeries(name: string): boolean {
  return /(^|[^a-z])(id|device|sensor|station|channel|series|host|node|site|machine|unit)s?([^a-z]|$|id)/i.test(
    name.replaceAll(/([a-z])([A-Z])/g, '$1_$2'),
  );
}
