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
    facts: [{ name: 'Options', text: 'alpha 0.01' }],
    summary: {
      caption: '3 series',
      head: ['series', 'readings', 'size'],
      rows: [
        { drawn: 0, cells: [{ text: hostile }, { text: '500', value: 500 }, { text: '+4', value: 4 }] },
        { cells: [{ text: 'tank 10' }, { text: '60', value: 60 }, { text: '–', value: null }] },
        { cells: [{ text: 'tank 9' }, { text: '1000', value: 1000 }, { text: '−5', value: -5 }] },
      ],
    },
    series: [
      {
        name: hostile,
        points: { x, y },
        ...changeMarks([change], { from: 258_000, to: 499_000, value: 5 }),
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
  expect(await page.getByRole('heading', { level: 2 }).last().textContent()).toBe(hostile);
  expect(complaints).toEqual([]);
});

test('by keyboard alone one sorts the table of all series by any column, either way; what has no value stays last', async () => {
  const { page, complaints } = await open('light', 1000);
  const order = () => page.locator('.sortable tbody th').allTextContents();
  const sort = async (column: string) => {
    await page.getByRole('columnheader', { name: column }).getByRole('button').focus();
    await page.keyboard.press('Enter');
    return order();
  };
  expect(await order()).toEqual([hostile, 'tank 10', 'tank 9']);
  expect(await sort('size')).toEqual(['tank 9', hostile, 'tank 10']);
  expect(await sort('size')).toEqual([hostile, 'tank 9', 'tank 10']);
  expect(await page.getByRole('columnheader', { name: 'size' }).getAttribute('aria-sort')).toBe('descending');
  expect(await sort('readings')).toEqual(['tank 10', hostile, 'tank 9']);
  expect(await page.getByRole('columnheader', { name: 'size' }).getAttribute('aria-sort')).toBe(null);
  expect(await sort('series')).toEqual([hostile, 'tank 9', 'tank 10']);
  await page.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate<string>('document.activeElement.id')).toBe('series-0');
  expect(complaints).toEqual([]);
});

describe('the axis of values has labels of their own, and the line is drawn', () => {
  test.each([
    ['the largest doubles', -1.7e308, 1.7e308],
    ['the last digits of a high level', 1e9, 1e9 + 2 ** -22],
    ['a small shift of a high level', 1_000_000_000.002, 1_000_000_000.006],
    ['the smallest doubles', 0, 5e-323],
    ['one value', 7.25, 7.25],
  ])('%s', async (_, before, after) => {
    const [series] = report().series;
    if (series === undefined) throw new Error('no series');
    const y = Array.from({ length: 300 }, (_, index) => (index < 150 ? before : after));
    const file = join(folder, 'sizes.html');
    const points = { x: y.map((_, index) => index), y };
    const shown = { ...series, points, levels: [], intervals: [], delays: [], marks: [] };
    await writeReport(file, { ...report(), xIs: 'reading', series: [shown] });
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    await page.addInitScript(`
      window.texts = [];
      const fillText = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        window.texts.push({ text, align: this.textAlign });
        fillText.call(this, text, ...place);
      };`);
    await page.goto(pathToFileURL(file).href);
    await page.locator('canvas').waitFor();
    await expect.poll(() => page.evaluate<number>('window.texts.length')).toBeGreaterThan(0);
    const texts = await page.evaluate<{ text: string; align: string }[]>('window.texts');
    const labels = texts.filter(({ align }) => align === 'right').map(({ text }) => text);
    expect(labels.length).toBeGreaterThan(0);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.join()).not.toMatch(/Infinity|NaN|∞|-/);
    // The line has the colour of the page's style: #3f6487.
    const pixels = await page.evaluate<number>(`(() => {
      const canvas = document.querySelector('canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) if (data[at] < 90 && data[at + 2] > 110 && data[at + 3] > 100) count++;
      return count;
    })()`);
    expect(pixels).toBeGreaterThan(200);
    await page.close();
  });
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
