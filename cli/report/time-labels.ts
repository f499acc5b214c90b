const day = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The labels of the ticks of a time axis, UTC. Each has its finest part; on a second line stands the date where it changes, or the year.
 *
 * @param ticks - in ascending order, in epoch milliseconds
 * @example timeLabels([0, 43_200_000, 86_400_000]) // => ['00:00\n1 Jan 1970', '12:00', '00:00\n2 Jan 1970']
 */
export function timeLabels(ticks: readonly number[]): readonly string[] {
  const isos = ticks.map((tick) => new Date(tick).toISOString());
  const dates = isos.map(dateOf);
  if (isos.every((iso) => /-01-01T00:00:00.000Z$/.test(iso))) return dates.map(({ year }) => year);
  if (ticks.every((tick) => tick % day === 0))
    return withNews(
      dates.map(({ dayOfMonth, month }) => `${dayOfMonth} ${month}`),
      dates.map(({ year }) => year),
    );
  const end = isos.some((iso) => !iso.endsWith('.000Z'))
    ? 23
    : isos.some((iso) => !iso.includes(':00.000Z'))
      ? 19
      : 16;
  return withNews(
    isos.map((iso) => iso.slice(-'00:00:00.000Z'.length).slice(0, end - 11)),
    dates.map(({ dayOfMonth, month, year }) => `${dayOfMonth} ${month} ${year}`),
  );
}

function dateOf(iso: string) {
  const [, year = '', month = '', dayOfMonth = ''] = /^([+-]?\d+)-(\d\d)-(\d\d)T/.exec(iso) ?? [];
  return { year, month: months[Number(month) - 1] ?? '', dayOfMonth: String(Number(dayOfMonth)) };
}

/** Each label, and below it what is new since the one before. */
function withNews(labels: readonly string[], below: readonly string[]): readonly string[] {
  return labels.map((label, index) =>
    below[index] === below[index - 1] ? label : `${label}\n${below[index]}`,
  );
}
