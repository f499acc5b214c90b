import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { keepPicture, openStage, type Stage, violationsOn } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ PRACTICAL_THRESHOLD: '2' });
  for (const name of ['kiln', 'oven']) await stage.put(name, level(20, 30));
});
afterAll(() => stage?.close());
afterEach(async () => {
  await Promise.all(stage.browser.contexts().map((context) => context.close()));
  expect(stage.complaints.splice(0)).toEqual([]);
});

const level = (value: number, count: number) =>
  Array.from({ length: count }, (_, index) => value + Math.sin(index) + (index % 4) / 4);
const soon = <Read>(read: () => Promise<Read>) => expect.poll(read, { interval: 100 });
const whatIf = (page: Page) => page.locator('#what-if').textContent();
const confirm = async (page: Page) => {
  await page.getByLabel('Your name').fill('Ada');
  await page.locator('#question-confirm').click();
  await page.locator('#question').waitFor({ state: 'hidden' });
};
/** Until every detector has read the rules anew. */
const inForce = () => new Promise((resolve) => setTimeout(resolve, processingLimits.rulesCacheMs + 500));
const found = async (seriesId: string) => (await stage.changePoints(seriesId)).Items ?? [];

test('the options that were tried are used: what they find from then on is reported by their rule', async () => {
  const page = await stage.open({}, '?find=kiln#kiln');
  const threshold = page.getByRole('spinbutton', { name: 'practical threshold' });
  const use = page.getByRole('button', { name: 'Use these options' });
  await soon(() => threshold.isEnabled()).toBe(true);
  expect(await use.isDisabled()).toBe(true);
  await threshold.fill('15');
  await use.click();
  const dialog = page.locator('#question');
  expect(await dialog.textContent()).toContain('δ, practical threshold 15 in place of 2');
  expect(await violationsOn(page)).toEqual([]);
  await keepPicture(page, 'use-options');
  await confirm(page);
  await soon(() => whatIf(page)).toContain('by the rule ‘kiln’');
  expect(await use.isDisabled()).toBe(true);
  await page.reload();
  await soon(() => threshold.inputValue()).toBe('15');

  await inForce();
  // A shift by 10 is a change for the service, and none for this rule.
  for (const name of ['kiln', 'oven']) await stage.put(name, level(30, 30), 30);
  await soon(async () => (await found('oven')).length).toBe(1);
  expect(await found('kiln')).toEqual([]);
  await stage.put('kiln', level(60, 30), 60);
  await soon(async () => (await found('kiln')).map(({ rule }) => rule)).toEqual(['kiln']);
});

test('a muted series says so, and so do its changes; unmuted, it does no more', async () => {
  const page = await stage.open({}, '?find=oven#oven');
  const muted = page.locator('#muted');
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await page.locator('#question select').selectOption('8 hours');
  await confirm(page);
  await soon(() => muted.textContent()).toMatch(/^Muted by Ada until \S+ \S+ UTC: people are not told/);
  await inForce();
  await stage.put('oven', level(60, 30), 60);
  await page
    .locator('.row.changed')
    .getByText(/▲ \S+, muted \d+ s ago/)
    .waitFor();
  await soon(() => page.locator('#changes .standing').first().textContent()).toContain(
    'people were not told',
  );
  expect(await violationsOn(page)).toEqual([]);
  await keepPicture(page, 'muted');
  await page.getByRole('button', { name: 'Unmute' }).click();
  await confirm(page);
  await soon(() => muted.textContent()).toBe('');
});

test('a mute that has ended is said no more, though nothing else happens', async () => {
  const page = await stage.open({}, '?find=oven#oven');
  const muted = page.locator('#muted');
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await page.locator('#question select').selectOption('8 hours');
  await confirm(page);
  await soon(() => muted.textContent()).toContain('Muted by Ada');
  await page.clock.install();
  await page.reload();
  await soon(() => muted.textContent()).toContain('Muted by Ada');
  await page.clock.fastForward('08:00:01');
  await soon(() => muted.textContent()).toBe('');
  await page.getByRole('button', { name: 'Mute', exact: true }).waitFor();
});
