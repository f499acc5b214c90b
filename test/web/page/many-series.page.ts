import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableStreamRecord } from '../../../local/emulators/table-stream.ts';
import { listeners } from '../../../local/listeners.ts';
import { startLivePage } from '../../../web/server/live-page.ts';
import { pageLimits } from '../../../web/server/page-limits.ts';
import type { LivePage } from '../../../web/server/serve-page.ts';
import { keepPicture, openStage, type Stage, violationsOn } from './stage.ts';

const series = pageLimits.series;
const points = 40;
let stage: Stage;
let served: LivePage;
let page: Page;

beforeAll(async () => {
  stage = await openStage({});
  const recorded = listeners<TableStreamRecord>();
  const tableStream = { ...stage.pipeline.tableStream, onRecord: recorded.add };
  served = await startLivePage({ pipeline: { ...stage.pipeline, tableStream }, title: 'A fleet' });
  for (let at = 0; at < points; at++)
    for (let number = 1; number <= series + 7; number++) recorded.tell(insertOf(`sensor-${number}`, at));
  page = await (await stage.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${served.url}?order=name`);
});
afterAll(async () => {
  await served?.close();
  await stage?.close();
});

function insertOf(seriesId: string, at: number): TableStreamRecord {
  const eventKey = `${new Date(Date.UTC(2026) + at * 1000).toISOString()}#e`;
  const Keys = { seriesId: { S: seriesId }, eventKey: { S: eventKey } };
  const NewImage = { ...Keys, value: { N: String(Math.sin(at + seriesId.length)) } };
  return { eventName: 'INSERT', dynamodb: { Keys, NewImage, SequenceNumber: '1' } };
}

const rowsInDocument = () => page.locator('.row').count();
const soon = <Read>(read: () => Promise<Read>) => expect.poll(read, { interval: 50 });

test('of 5,000 series only those that are seen are in the document, wherever the list stands', async () => {
  await page.getByText('5,000 series; 7 more are not shown').waitFor();
  await soon(rowsInDocument).toBeGreaterThan(8);
  const most = 40;
  expect(await rowsInDocument()).toBeLessThan(most);
  await page.evaluate("document.querySelector('#series-list').scrollTop = 130_000");
  await page.getByRole('option', { name: 'sensor-2502' }).waitFor();
  expect(await rowsInDocument()).toBeLessThan(most);
  await page.locator('#series-list').focus();
  await page.keyboard.press('End');
  await soon(() => page.locator('#opened-name').textContent()).toBe('sensor-5000');
  const last = page.getByRole('option', { name: 'sensor-5000' });
  expect(await last.getAttribute('aria-posinset')).toBe('5000');
  expect(await last.getAttribute('aria-setsize')).toBe('5000');
  expect(await page.locator('#series-list').getAttribute('aria-activedescendant')).toBe(
    await last.getAttribute('id'),
  );
  expect(await violationsOn(page)).toEqual([]);
  await keepPicture(page, 'many');
});

test('a search among them finds one, and what was opened stays', async () => {
  await page.getByRole('searchbox').fill('sensor-4321');
  await soon(() => page.locator('.row').filter({ visible: true }).count()).toBe(1);
  expect(await page.locator('#opened-name').textContent()).toBe('sensor-5000');
  await page.goBack();
  await soon(() => page.getByRole('searchbox').inputValue()).toBe('');
});
