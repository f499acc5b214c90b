/** Which series are listed. */
export const shows = ['all', 'changed', 'unacknowledged'] as const;
/** How they are ordered. */
export const listOrders = ['change', 'name'] as const;
/** In which zone times are shown. */
export const zones = ['utc', 'local'] as const;
/** How many of the newest readings are shown. */
export const stretches = ['all', '1000', '200'] as const;

/** What a reader has chosen. */
export interface Chosen {
  /** The opened series; if absent, the first one. */
  readonly series?: string | undefined;
  /** Part of the names that are listed. */
  readonly find: string;
  readonly show: (typeof shows)[number];
  readonly order: (typeof listOrders)[number];
  /** If absent, as the reader chose last. */
  readonly times?: (typeof zones)[number] | undefined;
  readonly last: (typeof stretches)[number];
}

/** What an address says. What it does not say, or says wrongly, is as usual. */
export function chosenIn({ search, hash }: Pick<URL, 'search' | 'hash'>): Chosen {
  const given = new URLSearchParams(search);
  const oneOf = <One extends string>(name: string, all: readonly One[]): One | undefined =>
    all.find((one) => one === given.get(name));
  return {
    series: seriesIn(hash),
    find: given.get('find') ?? '',
    show: oneOf('show', shows) ?? 'all',
    order: oneOf('order', listOrders) ?? 'change',
    times: oneOf('times', zones),
    last: oneOf('last', stretches) ?? 'all',
  };
}

/** The address that says so, from its path on. It leaves out what is as usual. */
export function addressOf({ series, find, show, order, times, last }: Chosen): string {
  const said = new URLSearchParams({
    ...(find !== '' && { find }),
    ...(show !== 'all' && { show }),
    ...(order !== 'change' && { order }),
    ...(times && { times }),
    ...(last !== 'all' && { last }),
  }).toString();
  const hash = series === undefined ? '' : `#${encodeURIComponent(series)}`;
  return `/${said === '' ? '' : `?${said}`}${hash}`;
}

function seriesIn(hash: string): string | undefined {
  try {
    return hash.length > 1 ? decodeURIComponent(hash.slice(1)) : undefined;
  } catch {
    return undefined;
  }
}
