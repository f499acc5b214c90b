import type { IncomingMessage } from 'node:http';

/** What the browser is to keep to: scripts, styles and data of this page alone, and no page around it. */
export const securityHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/** Why a request is refused. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** What a reader of this page asks for. */
export interface Asked {
  readonly path: string;
  /** Empty if none is named. */
  readonly seriesId: string;
}

/**
 * What is asked for, unless it is no question of a reader of this page: a write, or a request under a foreign name.
 *
 * A page elsewhere cannot read the answers of another origin; but it can have a name of its own point to 127.0.0.1, and
 * then the origin is its own (DNS rebinding). Such a request names a host that this page is not.
 */
export function askedFor({ method, headers, url = '' }: IncomingMessage, port: number): Asked | Refusal {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) {
    return { status: 421, reason: `this page is at ${hosts.join(' and ')} only` };
  }
  if (method !== 'GET') return { status: 405, reason: 'GET is all that can be asked here' };
  if (!url.startsWith('/') || !URL.canParse(url, `http://${hosts[0]}`)) {
    return { status: 400, reason: 'the address cannot be read' };
  }
  const { pathname, searchParams } = new URL(url, `http://${hosts[0]}`);
  return { path: pathname, seriesId: searchParams.get('id') ?? '' };
}
