import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeMarks } from '../../../cli/report/change-marks.ts';
import type { Report } from '../../../cli/report/report.ts';
import { writeReport } from '../../../cli/report/write-report.ts';
import { useFolder } from '../../use/folder.ts';
import { launchBrowser } from '../browser/launch.ts';
import { keepPicture, violationsOn } from './stage.ts';

const hostile = '</script><img src=x onerror=alert(1)>';

/** Five hundred readings, a change in their midst, and a name that would like to be markup. */
function report(): Report {
  const x = Array.from({ length: 500 }, (_, index) => index * 1000);
  const y = x.map((at, index) => (at < 250_000 ? 1 : 5) + Math.sin(index));
  const interval = { from: 248_000, to: 252_000 };
  const change = {
    from: 0,
    changedAt: 250_000,
    interval,
    detectedAt: 258_000,
    value: 5,
    before: 1,
    after: 5,
  };
  return {
    title: 'Change points of a boiler',
    notes: ['One change.'],
    xIs: 'time',
    unit: 'bar',
    series: [
      {
        name: hostile,
        points: { x, y },
        ...changeMarks([change]),
        description: 'Plot of a boiler with 1 change point',
        tables: [{ caption: '1 change point', head: ['since'], rows: [['250']] }],
      },
    ],
  };
}

const folder = useFolder();
let browser: Browser;
let url: string;
beforeAll(async () => {
  const file = join(folder, 'report.html');
  await writeReport(file, report());
  url = pathToFileURL(file).href;
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** The report in a window of its own, and what it complains about or asks of the network. */
async function open(
  colorScheme: 'light' | 'dark',
  width: number,
): Promise<{ page: Page; complaints: string[] }> {
  const complaints: string[] = [];
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  page.on('request', (request) => request.url() !== url && complaints.push(request.url()));
  await page.goto(url);
  await page.locator('canvas').waitFor();
  return { page, complaints };
}

const drawn = (page: Page) => page.evaluate<string>("document.querySelector('canvas').toDataURL()");

test('by keyboard alone one zooms in, moves, and comes back; nothing is asked of the network', async () => {
  const { page, complaints } = await open('light', 1000);
  const whole = await drawn(page);
  const press = async (name: string) => {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  };
  await press('Zoom in');
  await expect.poll(() => drawn(page)).not.toBe(whole);
  const zoomed = await drawn(page);
  await press('Move right');
  await expect.poll(() => drawn(page)).not.toBe(zoomed);
  await press('Show all');
  await expect.poll(() => drawn(page)).toBe(whole);
  expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe(hostile);
  expect(complaints).toEqual([]);
});

describe('axe finds nothing wrong', () => {
  test.each([
    ['light', 1000],
    ['dark', 1000],
    ['light', 390],
    ['dark', 390],
  ] as const)('in %s mode, %i pixels wide', async (colorScheme, width) => {
    const { page, complaints } = await open(colorScheme, width);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await keepPicture(page, `report-${colorScheme}-${width}`);
    expect(complaints).toEqual([]);
    expect(await violationsOn(page)).toEqual([]);
  });
});
