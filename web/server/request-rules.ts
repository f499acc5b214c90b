import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../../local/guard/own-requests.ts';

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

/** A request of a reader of this page. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Empty if the request names none. */
  readonly seriesId: string;
  /** What the reader knows; empty if the request has none. */
  readonly key: string;
}

/** Whether other sites may link to it: to the page itself, whatever is chosen on it, and not to its data. */
export function mayBeVisited(url: string): boolean {
  return url === '/' || url.startsWith('/?');
}

/** Reads a request. */
export function askedFor({ method, headers, url = '' }: IncomingMessage): Asked | Refusal {
  const base = `http://${headers.host}`;
  if (method !== 'GET' && method !== 'POST')
    return { status: 405, reason: `method must be GET or POST, got ${method}` };
  if (!url.startsWith('/') || !URL.canParse(url, base)) {
    return { status: 400, reason: 'the address must be a path on this host' };
  }
  const { pathname, searchParams } = new URL(url, base);
  const [seriesId, key] = ['id', 'key'].map((name) => searchParams.get(name) ?? '');
  return { method, path: pathname, seriesId: seriesId ?? '', key: key ?? '' };
}
