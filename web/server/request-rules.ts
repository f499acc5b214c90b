import type { IncomingMessage } from 'node:http';

/** Headers that allow only scripts, styles and data of this page, and forbid other pages to embed it. */
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

/** A request of a reader of this page. */
export interface Asked {
  readonly path: string;
  /** Empty if the request names none. */
  readonly seriesId: string;
}

/**
 * Reads a request. A write is refused, and so is a request under another host name.
 *
 * A foreign page cannot read answers of another origin. But its owner can let a name of theirs point to 127.0.0.1, and then
 * the origin is their own (DNS rebinding). Such a request has that name as its host.
 */
export function askedFor({ method, headers, url = '' }: IncomingMessage, port: number): Asked | Refusal {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) {
    return { status: 421, reason: `host must be ${hosts.join(' or ')}, got '${headers.host ?? ''}'` };
  }
  if (method !== 'GET') return { status: 405, reason: `method must be GET, got ${method}` };
  if (!url.startsWith('/') || !URL.canParse(url, `http://${hosts[0]}`)) {
    return { status: 400, reason: 'the address must be a path on this host' };
  }
  const { pathname, searchParams } = new URL(url, `http://${hosts[0]}`);
  return { path: pathname, seriesId: searchParams.get('id') ?? '' };
}
