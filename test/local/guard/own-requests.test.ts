import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownHost, refusalOf } from '../../../local/guard/own-requests.ts';

const port = 4566;

describe('a host that is this machine, with the port', () => {
  test.each([
    ['127.0.0.1:4566', '127.0.0.1:4566'],
    ['localhost:4566', 'localhost:4566'],
    ['LocalHost:4566', 'localhost:4566'],
    ['localhost.:4566', 'localhost:4566'],
    ['[::1]:4566', '[::1]:4566'],
    ['127.255.0.1:4566', '127.255.0.1:4566'],
    ['127.0.0.1:04566', '127.0.0.1:4566'],
  ])('%s is %s', (host, written) => {
    expect(ownHost({ headers: { host } }, port)).toBe(written);
    expect(refusalOf({ headers: { host } }, port)).toBeUndefined();
  });

  test('without a port it means port 80', () => {
    expect(ownHost({ headers: { host: 'localhost' } }, 80)).toBe('localhost:80');
    expect(ownHost({ headers: { host: 'localhost' } }, port)).toBeUndefined();
  });
});

describe('another host is refused', () => {
  test.each([
    undefined,
    '',
    ':4566',
    'evil.example:4566',
    'localhost.evil.example:4566',
    '127.0.0.1.evil.example:4566',
    'bucket.localhost:4566',
    'localhost..:4566',
    'localhost:4567',
    'localhost:45660',
    'localhost: 4566',
    'localhost:4566, evil.example',
    'user@localhost:4566',
    'localhost:4566@evil.example',
    'localhost:4566/',
    '0.0.0.0:4566',
    '128.0.0.1:4566',
    '127.1:4566',
    '2130706433:4566',
    '[::]:4566',
    '[::ffff:127.0.0.1]:4566',
    '::1:4566',
    '192.168.0.1:4566',
  ])('%s', (host) => {
    expect(refusalOf({ headers: { host } }, port)).toMatchObject({
      status: 421,
      reason: `host must be 127.0.0.1:4566 or localhost:4566, got ${host === undefined ? 'none' : `'${host}'`}`,
    });
  });

  test('whatever its name, and however it is written', () => {
    const names = fc.oneof(
      fc.domain(),
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'localhost127.0:[]@/ ') }),
    );
    fc.assert(
      fc.property(names, (name) => {
        fc.pre(!/^(localhost\.?|127\.\d+\.\d+\.\d+)$/i.test(name));
        expect(ownHost({ headers: { host: `${name}:${port}` } }, port)).toBeUndefined();
      }),
    );
  });
});

describe('a web page', () => {
  const host = 'localhost:4566';
  test.each<[string, Record<string, string>, boolean]>([
    ['of this server', { origin: 'http://localhost:4566' }, true],
    ['of this server, as browsers mark it', { 'sec-fetch-site': 'same-origin' }, true],
    ['that is opened by its address', { 'sec-fetch-site': 'none' }, true],
    ['of another site', { origin: 'https://evil.example' }, false],
    ['of this machine at another port', { origin: 'http://localhost:8080' }, false],
    ['of this machine by another name', { origin: 'http://127.0.0.1:4566' }, false],
    ['over TLS', { origin: 'https://localhost:4566' }, false],
    ['without an origin of its own', { origin: 'null' }, false],
    ['with an empty origin', { origin: '' }, false],
    ['of another site that shows it as an image', { 'sec-fetch-site': 'cross-site' }, false],
    ['of another port that shows it as an image', { 'sec-fetch-site': 'same-site' }, false],
    ['that a browser marks in a new way', { 'sec-fetch-site': 'other' }, false],
  ])('%s: %j', (_, headers, isLetIn) => {
    const refused = refusalOf({ headers: { host, ...headers } }, port);
    if (isLetIn) expect(refused).toBeUndefined();
    else expect(refused).toEqual({ status: 403, reason: 'not for web pages of other sites' });
  });
});
