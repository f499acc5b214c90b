import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { names } from '../../../local/resources.ts';
import { pageLimits } from '../../../web/server/page-limits.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
/** A site at another port, which the browser also knows as evil.example. */
let site: Server;
let sitePort: number;

beforeAll(async () => {
  stage = await openStage({}, ['--host-resolver-rules=MAP evil.example 127.0.0.1']);
  site = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<title>another site</title>');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  sitePort = (site.address() as AddressInfo).port;
  const { s3 } = stage.pipeline.clients;
  await s3.send(
    new PutObjectCommand({ Bucket: names.quarantineBucket, Key: 'quarantine/a', Body: 'secret' }),
  );
});
afterAll(async () => {
  site.close();
  await stage.close();
});

const siteHosts = ['localhost', '127.0.0.1', 'evil.example'];

async function openSite(host: string) {
  const page = await (await stage.browser.newContext()).newPage();
  await page.goto(`http://${host}:${sitePort}/`);
  return page;
}

test.each(siteHosts)('a page of %s reads nothing from any port', async (host) => {
  const page = await openSite(host);
  const { kinesis, dynamoDb, messaging } = stage.pipeline.endpoints;
  const urls = [
    kinesis,
    dynamoDb,
    `${messaging}/${names.quarantineBucket}/quarantine/a`,
    stage.pipeline.lambdaEndpoint,
    stage.url,
    `${stage.url}api/overview`,
  ];
  const read = await page.evaluate(async (all) => {
    const texts = all.map((url) =>
      fetch(url).then(
        (answer) => answer.text(),
        () => 'refused',
      ),
    );
    return Promise.all(texts);
  }, urls);
  expect(read).toEqual(urls.map(() => 'refused'));
});

test.each(siteHosts)('a page of %s takes none of the live connections', async (host) => {
  const page = await openSite(host);
  const refused = await page.evaluate<number>(`(async () => {
    const tried = Array.from({ length: ${pageLimits.connections} }, (_, index) => {
      const address = '${stage.url}api/overview?' + index;
      fetch(address, { mode: 'no-cors' }).catch(() => {});
      new Image().src = address;
      return new Promise((resolve) => {
        new EventSource(address).onerror = resolve;
      });
    });
    return (await Promise.all(tried)).length;
  })()`);
  expect(refused).toBe(pageLimits.connections);
  const own = await stage.open();
  await own.locator('body', { hasText: 'Three boilers' }).waitFor();
  expect(stage.complaints).toEqual([]);
});

test('a name that is bound anew to this machine reads nothing', async () => {
  const page = await (await stage.browser.newContext()).newPage();
  const port = (url: string) => new URL(url).port;
  const { messaging } = stage.pipeline.endpoints;
  for (const path of [
    `${port(stage.url)}/`,
    `${port(stage.url)}/api/overview`,
    `${port(messaging)}/${names.quarantineBucket}`,
  ]) {
    const answer = await page.goto(`http://evil.example:${path}`);
    expect(answer?.status()).toBe(421);
    expect(await page.textContent('body')).not.toContain('secret');
  }
});

test('a link of another site opens the page', async () => {
  const page = await openSite('evil.example');
  await page.evaluate(`location.href = '${stage.url}'`);
  await page.locator('body', { hasText: 'Three boilers' }).waitFor();
});
