import type { IncomingMessage } from 'node:http';

/** Why a request is refused. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** What of a request tells who sent it. */
export type Sender = Pick<IncomingMessage, 'headers'>;

/** A name or address of this machine alone, and a port. */
const loopbackHost = /^(localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/i;
const portOfHttp = 80;

/**
 * The host that a request names, written as this machine's servers know it.
 *
 * Anyone who owns a name can let it point to this machine, and then their page in a browser here may read what the name
 * serves (DNS rebinding). Such a request names its host, and so does one that was meant for another port.
 *
 * @returns `undefined` if it is no loopback name or address with this port, or is missing
 */
export function ownHost({ headers }: Sender, port: number): string | undefined {
  const [, name = '', given] = loopbackHost.exec(headers.host ?? '') ?? [];
  if (name === '' || Number(given ?? portOfHttp) !== port) return undefined;
  return `${name.toLowerCase().replace(/\.$/, '')}:${port}`;
}

/**
 * Whether a web page of another origin had the request sent. A page on another port of this machine is another origin.
 *
 * Browsers send `Origin` with writes and with what scripts read, and `Sec-Fetch-Site` with everything, also with images.
 * A user who opens the address sends `none`. Programs that are no browsers send neither.
 * Source: https://fetch.spec.whatwg.org/#origin-header and https://www.w3.org/TR/fetch-metadata/
 */
export function isOfOtherSite({ headers }: Sender, host: string): boolean {
  const { origin, 'sec-fetch-site': site = 'none' } = headers;
  const isOwnOrigin = origin === undefined || origin.toLowerCase() === `http://${host}`;
  return !isOwnOrigin || (site !== 'none' && site !== 'same-origin');
}

/** The refusal of a request that may come from somebody else's web page. */
export function refusalOf(sender: Sender, port: number): Refusal | undefined {
  const host = ownHost(sender, port);
  if (host === undefined) {
    const { host: given } = sender.headers;
    const got = given === undefined ? 'none' : `'${given}'`;
    return { status: 421, reason: `host must be 127.0.0.1:${port} or localhost:${port}, got ${got}` };
  }
  if (isOfOtherSite(sender, host)) return { status: 403, reason: 'not for web pages of other sites' };
  return undefined;
}
