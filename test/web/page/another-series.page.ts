import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ PRACTICAL_THRESHOLD: '2' });
  for (const name of ['mixer-1', 'mixer-2']) await stage.put(name, [...level(20), ...level(30)]);
  await stage.put('mixer-long', [...level(20, 300), ...level(30)]);
});
afterAll(() => stage?.close());
afterEach(async () => {
  await Promise.all(stage.browser.contexts().map((context) => context.close()));
  expect(stage.complaints.splice(0)).toEqual([]);
});

const level = (value: number, count = 30) =>
  Array.from({ length: count }, (_, index) => value + Math.sin(index) + (index % 4) / 4);
const soon = <Read>(read: () => Promise<Read>) => expect.poll(read, { interval: 50 });
const isInert = (page: Page, selector: string) =>
  page.evaluate(`document.querySelector('${selector}').closest('[inert]') !== null`);
const focused = (page: Page) =>
  page.evaluate<string>(`[document.activeElement.id, document.activeElement.textContent].join(' ').trim()`);
const addressOf = (page: Page) => page.url().slice(stage.url.length - 1);
const isOpened = async (page: Page, name: string) => {
  await soon(() => page.locator('#opened-name').textContent()).toBe(name);
  await soon(() => page.locator('#changes .standing').first().textContent()).toBe('Acknowledge');
  await soon(() => isInert(page, '#changes')).toBe(false);
};

test('while a series loads, nothing of the one before can be pressed, and what is asked names the one that is shown', async () => {
  const page = await stage.open({}, '#mixer-1');
  await isOpened(page, 'mixer-1');
  let isHeld: (route: Route) => void = () => {};
  const held = new Promise<Route>((resolve) => {
    isHeld = resolve;
  });
  await page.route('**/api/series?id=mixer-2', isHeld);
  await page.locator('#changes .acknowledge').focus();
  await page.evaluate(`location.hash = '#mixer-2'`);
  await soon(() => page.locator('#opened-state').textContent()).toBe('Loading the history.');
  expect(await page.locator('#opened-name').textContent()).toBe('mixer-2');
  for (const part of ['#changes', '#acknowledge-opened', '#mute', '#downloads', '#options', '#plot'])
    expect(await isInert(page, part), part).toBe(true);
  expect(await focused(page)).toMatch(/^opened/);
  // A script can press it all the same.
  await page.evaluate(`document.querySelector('#acknowledge-opened').click()`);
  expect(await page.locator('#question-text').textContent()).toContain(
    'every change that is shown of mixer-1.',
  );
  await page.keyboard.press('Escape');

  await (await held).continue();
  await isOpened(page, 'mixer-2');
  await page.locator('#acknowledge-opened').click();
  expect(await page.locator('#question-text').textContent()).toContain('of mixer-2.');
});

test('what the server refuses is said in its words, and asked for again', async () => {
  let isRefused = true;
  const refuse = (route: Route) =>
    isRefused ? route.fulfill({ status: 503, body: 'too many pages are open\n' }) : route.continue();
  const page = await stage.open({}, '#mixer-1');
  await isOpened(page, 'mixer-1');
  await page.route('**/api/series?**', refuse);
  await page.route('**/api/overview', refuse);
  await page.getByRole('option', { name: 'mixer-2' }).click();
  await soon(() => page.locator('#opened-state').textContent()).toBe(
    'Cannot read the series: too many pages are open. Trying again.',
  );
  await page.reload();
  await soon(() => page.locator('#lost').textContent()).toContain('Not live: too many pages are open.');
  isRefused = false;
  await soon(() => page.locator('#connection').textContent()).toBe('live');
  await isOpened(page, 'mixer-2');
  // The browser's own lines on what was refused.
  expect(stage.complaints.splice(0).filter((line) => !line.includes('503'))).toEqual([]);
});

test('the skip link leads to the opened series, and opens no other', async () => {
  const page = await stage.open({}, '#mixer-1');
  await isOpened(page, 'mixer-1');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await focused(page)).toMatch(/^opened /);
  expect(addressOf(page)).toBe('/#mixer-1');
  await isOpened(page, 'mixer-1');
});

test('the zoom on a change stays until the reader zooms out', async () => {
  const page = await stage.open({}, '?last=200#mixer-long');
  await isOpened(page, 'mixer-long');
  await page.locator('#changes .zoom').click();
  const zoomOut = page.locator('#whole');
  await soon(() => zoomOut.isEnabled()).toBe(true);
  expect(addressOf(page)).toBe('/#mixer-long');
  await page.getByRole('searchbox').fill('mixer');
  await soon(async () => addressOf(page)).toBe('/?find=mixer#mixer-long');
  expect(await zoomOut.isEnabled()).toBe(true);
  await zoomOut.click();
  await soon(() => zoomOut.isDisabled()).toBe(true);
});

test('what is pressed and then gone leaves the focus near', async () => {
  const page = await stage.open({}, '#mixer-1');
  await isOpened(page, 'mixer-1');
  const confirm = async () => {
    await page.locator('#question-confirm').click();
    await page.locator('#question').waitFor({ state: 'hidden' });
  };
  await page.locator('#changes .acknowledge').focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Your name').fill('Ada');
  await confirm();
  await soon(() => focused(page)).toBe('Take back');
  await page.keyboard.press('Enter');
  await confirm();
  await soon(() => focused(page)).toBe('Acknowledge');

  await page.locator('#acknowledge-opened').focus();
  await page.keyboard.press('Enter');
  await confirm();
  await soon(() => page.locator('#acknowledge-opened').textContent()).toBe('Nothing to acknowledge');
  await soon(() => focused(page)).toMatch(/^opened /);

  await page.getByRole('spinbutton', { name: 'practical threshold' }).fill('3');
  await page.locator('#options-reset').focus();
  await page.keyboard.press('Enter');
  expect(await page.evaluate(`document.activeElement.closest('#options-fields') !== null`)).toBe(true);
});
