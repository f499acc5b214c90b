import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { printable } from '../../../lambda/printable.ts';
import { changePixels, keepPicture, openStage, type Stage, violationsOn } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ PRACTICAL_THRESHOLD: '2' });
  await stage.put('boiler-1', quiet(20));
  await stage.put('boiler-2', quiet(40));
  await stage.put('boiler-3', quiet(60));
});

afterAll(() => stage?.close());

afterEach(async () => {
  await Promise.all(stage.browser.contexts().map((context) => context.close()));
  const complaints = stage.complaints.splice(0);
  expect(complaints).toEqual([]);
});

const wave = (index: number) => Math.sin(index) + (index % 4) / 4;
const quiet = (level: number, count = 60) => Array.from({ length: count }, (_, index) => level + wave(index));

const row = (page: Page, name: string) => page.getByRole('option', { name });
const whatIf = (page: Page) => page.locator('#what-if');
const changes = (page: Page) => soon(() => page.locator('#changes tr').count());
const soon = <Read>(read: () => Promise<Read>) => expect.poll(read, { interval: 50 });
const heading = (page: Page) => page.getByRole('heading', { level: 2 }).nth(1);

test('a change is seen to arrive, and its series is opened', async () => {
  const page = await stage.open();
  await row(page, 'boiler-2').waitFor();
  expect(await row(page, 'boiler-2').textContent()).toContain('quiet');

  await stage.put('boiler-2', quiet(46, 30), 60);
  const notice = page.locator('#feed').getByRole('button', { name: 'boiler-2' });
  await notice.waitFor();
  expect(await notice.textContent()).toMatch(/40\.\d+ → 46\.\d+ \(\+[56]\.\d+\)/);
  // The readings' own time is long past: what is counted is the time since the notification.
  await page
    .locator('.row.changed')
    .getByText(/^▲ .*, told \d+ s ago$/)
    .waitFor();
  const cut =
    "document.querySelector('.row.changed .state').scrollWidth > document.querySelector('.row.changed .state').clientWidth";
  expect(await page.evaluate(cut)).toBe(false);
  await soon(() => page.locator('#announcer').textContent()).toContain('boiler-2 rose by');

  await notice.click();
  await changes(page).toBe(1);
  expect(await heading(page).textContent()).toBe('boiler-2');
  expect(await changePixels(page)).toBeGreaterThan(100);
  await soon(() => page.locator('#evidence').textContent()).toMatch(/K is [\d,]+ of the [\d,]+ needed/);
  await keepPicture(page, 'change-found');
});

test('by keyboard alone: a series is opened, δ is moved, marks vanish, and come back', async () => {
  const page = await stage.open({}, '?order=name');
  await row(page, 'boiler-2').waitFor();
  const press = async (key: string, times = 1) => {
    for (let time = 0; time < times; time++) await page.keyboard.press(key);
  };
  const focused = () => page.evaluate<string>('document.activeElement.id');
  const tabTo = async (id: string) => {
    for (let stops = 0; stops < 40; stops++) {
      if ((await focused()) === id) return;
      await press('Tab');
    }
    throw new Error(`no Tab leads to ${id}`);
  };

  await press('Tab');
  expect(await page.evaluate('document.activeElement.className')).toBe('skip');
  await tabTo('series-list');
  await press('End');
  await press('ArrowUp');
  await soon(() => heading(page).textContent()).toBe('boiler-2');
  await changes(page).toBe(1);
  expect(await row(page, 'boiler-2').getAttribute('aria-selected')).toBe('true');
  await soon(() => changePixels(page)).toBeGreaterThan(100);
  const marked = await changePixels(page);

  await tabTo('slider-practicalThreshold');
  await press('End');
  await changes(page).toBe(0);
  expect(await whatIf(page).textContent()).toBe(
    'With these options: no change points. The service reported 1.',
  );
  await soon(() => changePixels(page)).toBe(0);
  await keepPicture(page, 'what-if');

  await page.keyboard.press('Shift+Tab');
  await tabTo('option-startup');
  for (let stops = 0; (await focused()) !== 'options-reset' && stops < 20; stops++) {
    await page.keyboard.press('Shift+Tab');
  }
  await press('Enter');
  await changes(page).toBe(1);
  await soon(() => changePixels(page)).toBe(marked);

  await tabTo('stretch');
  await press('Tab');
  await press('Shift+Tab');
  expect(await focused()).toBe('stretch');
});

test('a press on a change zooms in on it; out again by the button, or with another series', async () => {
  const page = await stage.open({}, '#boiler-2');
  const zoomOut = page.getByRole('button', { name: 'Zoom out' });
  const zoomIn = page.locator('#changes').getByRole('button', { name: /^2026/ });
  await zoomIn.waitFor();
  expect(await zoomOut.isDisabled()).toBe(true);
  await zoomIn.press('Enter');
  await soon(() => zoomOut.isEnabled()).toBe(true);
  await keepPicture(page, 'zoomed-in');
  await zoomOut.press('Enter');
  await soon(() => zoomOut.isDisabled()).toBe(true);

  await zoomIn.press('Enter');
  await soon(() => zoomOut.isEnabled()).toBe(true);
  await row(page, 'boiler-3').click();
  await soon(() => heading(page).textContent()).toBe('boiler-3');
  await soon(() => zoomOut.isDisabled()).toBe(true);
});

test('what the core refuses is told where it was entered, and changes nothing', async () => {
  const page = await stage.open({}, '#boiler-2');
  await changes(page).toBe(1);
  const alpha = page.getByRole('spinbutton', { name: 'significance level' });
  await alpha.fill('2');
  expect(await page.evaluate("document.getElementById('option-alpha').validationMessage")).toBe(
    'alpha must be a number greater than 0 and less than 1, got 2',
  );
  expect(await whatIf(page).textContent()).toContain('The service’s own options');
  await alpha.fill('0.000001');
  await soon(() => whatIf(page).textContent()).toContain('With these');
});

test('before the options are known nothing can be entered, and nothing looks wrong', async () => {
  const page = await stage.open();
  await page.route('**/api/**', () => {});
  await page.reload();
  const number = page.getByRole('spinbutton', { name: 'significance level' });
  await number.waitFor();
  expect(await page.locator('#options :is(input, select):enabled').count()).toBe(0);
  const edges = await page.evaluate<
    string[]
  >(`[...document.querySelectorAll('#options input[type=number], #options select')]
    .map((field) => getComputedStyle(field).borderTopColor)`);
  expect(new Set(edges).size).toBe(1);
  expect(await page.getByRole('slider', { name: 'significance level' }).inputValue()).toBe('-8');
  await keepPicture(page, 'before');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.goto(`${stage.url}?#boiler-2`);
  await soon(() => number.isEnabled()).toBe(true);
});

test.each([360, 500, 800, 801, 900, 1150, 1151, 1280, 1360, 1400, 1600])(
  'the options are in line in a window %d wide',
  async (width) => {
    const page = await stage.open({ viewport: { width, height: 900 } }, '#boiler-2');
    await soon(() => page.locator('#option-alpha').isEnabled()).toBe(true);
    // Captions of one line, and no field that begins above or below its neighbours.
    const heights = await page.evaluate<number[]>(
      "[...document.querySelectorAll('#options .caption')].map(({ scrollHeight }) => scrollHeight)",
    );
    expect(new Set(heights).size).toBe(1);
    const tooWide = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('#options :is(.caption, select)')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ id }) => id)`);
    expect(tooWide).toEqual([]);
    const select = page.locator('#option-restart');
    // What its longest choice needs, with the arrow beside it.
    const needed = await select.evaluate((element) => {
      const free = element.cloneNode(true) as typeof element;
      element.ownerDocument.body.append(
        Object.assign(free, { id: 'free', style: 'width: auto; padding: 3px 8px' }),
      );
      const { width: most } = free.getBoundingClientRect();
      free.remove();
      return most;
    });
    expect((await select.boundingBox())?.width).toBeGreaterThanOrEqual(needed);
    expect(await overflow(page)).toBe(0);
    // What is too wide for the middle panel would lie beneath the next one.
    const beyond = await page.evaluate<number>(
      "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.opened'))",
    );
    expect(beyond).toBe(0);
  },
);

test('the list is searched, and ordered by the last change', async () => {
  const page = await stage.open();
  await row(page, 'boiler-3').waitFor();
  await page.getByRole('searchbox', { name: 'Find' }).fill('ER-3');
  await soon(() => page.locator('#list-count').textContent()).toContain('1 of ');
  await soon(() => page.locator('.row').filter({ visible: true }).count()).toBe(1);
  await page.getByRole('searchbox', { name: 'Find' }).fill('');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('change');
  await soon(() => page.locator('[aria-posinset="1"] .name').textContent()).toBe('boiler-2');
});

test('the page goes on when its server was away', async () => {
  const page = await stage.open();
  await row(page, 'boiler-1').waitFor();
  await stage.stopPage();
  await page.getByText('connection lost').waitFor();
  await stage.restartPage();
  await page.locator('#connection[data-state=open]').waitFor();
  await stage.put('boiler-1', [77.25], 60);
  await page.getByText('77.25', { exact: true }).waitFor();
  // The browser says that it could not reach the server; that is no fault of the page.
  stage.complaints.splice(0);
});

describe('names are text, whatever they say', () => {
  const hostile = [
    ['markup', '<img src=x onerror="document.title=1;alert(1)"><script>alert(2)</script>'],
    ['a thousand characters', 'W'.repeat(1000)],
    ['right to left', '\u202egnp.gpj\u202c \u2066מכל\u2069 ‏קיטור'],
  ] as const;

  test.each(hostile)('%s', async (_, seriesId) => {
    const page = await stage.open();
    await stage.put(seriesId, [...quiet(10), ...quiet(30, 30)]);
    const notice = page
      .locator('#feed')
      .getByRole('button', { name: printable(seriesId).trim().slice(0, 40) });
    await notice.waitFor();
    await notice.click();
    await changes(page).toBe(1);
    expect(await heading(page).textContent()).toBe(printable(seriesId));
    expect(await page.title()).toBe('Three boilers');
    expect(await page.locator('img, main script').count()).toBe(0);
    expect(await overflow(page)).toBe(0);
  });

  test('all of them together, on a phone', async () => {
    const page = await stage.open({ viewport: { width: 360, height: 740 }, hasTouch: true });
    await page.locator('.row').first().waitFor();
    await page.locator('#plot canvas').waitFor();
    expect(await overflow(page)).toBe(0);
    await keepPicture(page, 'phone');
  });
});

describe('axe finds nothing wrong', () => {
  test.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
    const page = await stage.open({ colorScheme }, '#boiler-2');
    await changes(page).toBe(1);
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('slider', { name: 'practical threshold' }).press('End');
    await soon(() => whatIf(page).textContent()).toContain('With these');
    expect(await violationsOn(page)).toEqual([]);
    await keepPicture(page, colorScheme);
  });

  test('on a phone', async () => {
    const page = await stage.open({ viewport: { width: 360, height: 740 } }, '#boiler-2');
    await changes(page).toBe(1);
    expect(await violationsOn(page)).toEqual([]);
  });

  test('it does find what is wrong', async () => {
    const page = await stage.open();
    await page.evaluate("document.body.append(document.createElement('button'))");
    expect((await violationsOn(page)).join()).toContain('button-name');
  });
});

/** By how many pixels the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)');
}
