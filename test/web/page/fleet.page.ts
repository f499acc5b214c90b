import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { names } from '../../../local/resources.ts';
import { startLivePage } from '../../../web/server/live-page.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { keepPicture, openStage, type Stage, violationsOn } from './stage.ts';

let stage: Stage;

const wave = (index: number) => Math.sin(index) + (index % 4) / 4;
const level = (value: number, count: number) =>
  Array.from({ length: count }, (_, index) => value + wave(index));
const soon = <Read>(read: () => Promise<Read>) => expect.poll(read, { interval: 50 });
const row = (page: Page, name: string) => page.getByRole('option', { name });
const heading = (page: Page) => page.locator('#opened-name').textContent();
const listed = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.row:not([hidden])')]
    .sort((a, b) => a.ariaPosInSet - b.ariaPosInSet).map((row) => row.querySelector('.name').textContent)`);
const addressOf = (page: Page) => page.url().slice(stage.url.length - 1);
const client = () => dynamoClient(stage.pipeline.environment);
const table = names.changePointsTable;

beforeAll(async () => {
  stage = await openStage({ PRACTICAL_THRESHOLD: '2' });
});
afterAll(() => stage?.close());
afterEach(async () => {
  await Promise.all(stage.browser.contexts().map((context) => context.close()));
  expect(stage.complaints.splice(0)).toEqual([]);
});

/** A series that stands still, and then, if it changes, at another level. */
async function put(seriesId: string, isChanged: boolean): Promise<void> {
  await stage.put(seriesId, [...level(20, 30), ...level(isChanged ? 30 : 20, 30)]);
}

test('without a series it says so, and before the server answers that it loads', async () => {
  const page = await stage.open();
  await page.getByText('No series yet.').waitFor();
  await keepPicture(page, 'empty');
  await page.route('**/api/**', () => {});
  await page.reload();
  expect(await page.locator('#list-empty').textContent()).toBe('Loading the series.');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

describe('what is chosen', () => {
  beforeAll(async () => {
    for (const name of ['pump-1', 'pump-2', 'fan-1', 'fan-2']) await put(name, false);
    await put('pump-3', true);
    await put('fan-3', true);
    const page = await stage.open();
    await page.locator('.row.changed').nth(1).waitFor();
  });

  test('what changed last is on top; only that is listed, and only by a part of its name', async () => {
    const page = await stage.open();
    await soon(async () => new Set((await listed(page)).slice(0, 2))).toEqual(new Set(['fan-3', 'pump-3']));
    expect((await listed(page)).slice(2)).toEqual(['fan-1', 'fan-2', 'pump-1', 'pump-2']);
    await page.locator('#show').selectOption('changed');
    await soon(async () => (await listed(page)).length).toBe(2);
    await page.getByRole('searchbox').fill('PUMP');
    await soon(() => listed(page)).toEqual(['pump-3']);
    expect(await page.locator('#list-count').textContent()).toBe(
      '1 of 6 series; 1 changed, not acknowledged',
    );
    await page.getByRole('searchbox').fill('nothing');
    await page.getByText('No series is like that.').waitFor();
    await page.getByRole('button', { name: 'Show all series' }).click();
    await soon(async () => (await listed(page)).length).toBe(6);
  });

  test('it is in the address: Back goes back, a reload and a link show the same', async () => {
    const page = await stage.open({}, '#pump-1');
    await soon(() => heading(page)).toBe('pump-1');
    await page.locator('#show').selectOption('changed');
    await page.locator('#order').selectOption('name');
    await soon(() => listed(page)).toEqual(['fan-3', 'pump-3']);
    await row(page, 'pump-3').click();
    await soon(() => heading(page)).toBe('pump-3');
    await page.getByRole('searchbox').pressSequentially('3');
    await page.locator('#stretch').selectOption('200');
    const address = '/?find=3&show=changed&order=name&last=200#pump-3';
    await soon(async () => addressOf(page)).toBe(address);

    await page.reload();
    await soon(() => listed(page)).toEqual(['fan-3', 'pump-3']);
    expect(await page.locator('#stretch').inputValue()).toBe('200');
    const shared = await stage.open({}, address.slice(1));
    await soon(() => listed(shared)).toEqual(['fan-3', 'pump-3']);
    await soon(() => heading(shared)).toBe('pump-3');

    await page.goBack();
    await soon(() => page.locator('#stretch').inputValue()).toBe('all');
    await page.goBack();
    await soon(() => page.getByRole('searchbox').inputValue()).toBe('');
    await page.goBack();
    await soon(() => heading(page)).toBe('pump-1');
    await page.goBack();
    await soon(() => page.locator('#order').inputValue()).toBe('change');
    await page.goBack();
    await soon(async () => (await listed(page)).length).toBe(6);
    await page.goForward();
    await soon(async () => (await listed(page)).length).toBe(2);
  });

  test('a row that is pressed before a new order is drawn opens the series that it shows', async () => {
    const page = await stage.open({}, '?order=name#pump-1');
    await soon(() => listed(page)).toHaveLength(6);
    await soon(() => heading(page)).toBe('pump-1');
    // Both happen before the next frame.
    await page.evaluate(`(() => {
      const row = [...document.querySelectorAll('.row')].find(({ textContent }) => textContent.startsWith('fan-1'));
      const order = document.querySelector('#order');
      order.value = 'change';
      order.dispatchEvent(new Event('input', { bubbles: true }));
      row.querySelector('.name').click();
    })()`);
    await soon(() => heading(page)).toBe('fan-1');
    await soon(async () => new Set((await listed(page)).slice(0, 2))).toEqual(new Set(['fan-3', 'pump-3']));
  });

  test('a run of arrow keys is one step back', async () => {
    const page = await stage.open({}, '?order=name#fan-1');
    await soon(() => heading(page)).toBe('fan-1');
    await page.locator('#series-list').focus();
    for (const name of ['fan-2', 'fan-3', 'pump-1']) {
      await page.keyboard.press('ArrowDown');
      await soon(() => heading(page)).toBe(name);
    }
    await page.goBack();
    await soon(() => heading(page)).toBe('fan-1');
  });

  test('times are in the zone that is said, and stay so', async () => {
    const page = await stage.open({ timezoneId: 'Asia/Tokyo' }, '#pump-3');
    const caption = page.locator('#changes-title');
    await soon(() => caption.textContent()).toBe('Change points of this series, times in UTC');
    const since = () => page.locator('#changes .zoom').first().textContent();
    expect(await since()).toBe('2026-01-01 00:00:30');
    await page.getByLabel('Times').selectOption('local');
    await soon(() => caption.textContent()).toContain('times in Asia/Tokyo');
    expect(await since()).toBe('2026-01-01 09:00:30');
    expect(await page.locator('#feed .times').first().textContent()).toContain('2026-01-01 09:00:30');
    await page.goto(stage.url);
    await soon(() => page.getByLabel('Times').inputValue()).toBe('local');
    const other = await stage.open({ timezoneId: 'America/New_York' }, '?times=local#pump-3');
    await soon(() => other.locator('#changes .zoom').first().textContent()).toBe('2025-12-31 19:00:30');
  });
});

describe('taking note', () => {
  beforeAll(() => put('valve', true));
  const itemOf = async (seriesId: string) => {
    const { Items = [] } = await stage.changePoints(seriesId);
    return Items;
  };

  test('by keyboard: a change is red until somebody acknowledges it, on every page', async () => {
    const page = await stage.open({}, '?find=valve#valve');
    const witness = await stage.open({}, '?find=valve#valve');
    for (const one of [page, witness]) await one.locator('.row.changed').waitFor();
    const button = page.locator('#acknowledge-opened');
    await soon(() => button.textContent()).toBe('Acknowledge 1 change');
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator('#question').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('#question').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.id')).toBe('acknowledge-opened');
    expect(await page.locator('.row.changed').count()).toBe(1);

    await page.keyboard.press('Enter');
    await page.keyboard.type('new <b>spring</b>');
    await page.getByLabel('Your name').fill('Ada');
    await keepPicture(page, 'acknowledge');
    await page.keyboard.press('Enter');
    await page.locator('#question').waitFor({ state: 'hidden' });
    for (const one of [page, witness]) {
      await soon(() => one.locator('.row.changed').count()).toBe(0);
      await soon(() => one.locator('#changes .standing').textContent()).toBe(
        '✓ Adanew <b>spring</b>Take back',
      );
    }
    expect(await row(page, 'valve').textContent()).toMatch(/▲ \S+ ✓ \d+ s ago/);
    expect(await button.isDisabled()).toBe(true);
    expect(await itemOf('valve')).toMatchObject([{ acknowledgedBy: 'Ada', note: 'new <b>spring</b>' }]);
    await keepPicture(page, 'acknowledged');

    await page.getByRole('button', { name: 'Take back' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('This change of valve is red again, for everybody.').waitFor();
    await keepPicture(page, 'take-back');
    expect(await violationsOn(page)).toEqual([]);
    await page.locator('#question-confirm').click();
    await page.locator('#question').waitFor({ state: 'hidden' });
    for (const one of [page, witness]) {
      await one.locator('.row.changed').waitFor();
      await soon(() => one.locator('#changes .standing').textContent()).toBe('Acknowledge');
    }
    expect(await itemOf('valve')).toMatchObject([expect.not.objectContaining({ acknowledgedBy: 'Ada' })]);
  });

  test('what is refused is said in the dialog, and can be corrected', async () => {
    await put('valve-2', true);
    const page = await stage.open({}, '?find=valve-2#valve-2');
    const name = page.getByLabel('Your name');
    // Once it is told, its row stays as it is.
    await soon(() => page.locator('#changes .standing').textContent()).toBe('Acknowledge');
    await page.locator('#changes .acknowledge').click();
    await name.fill(' ');
    await page.locator('#question-confirm').click();
    await page.getByText("Not done: by must be a person's name, got an empty text.").waitFor();
    await name.fill('Ada');
    await page.locator('#question-confirm').click();
    await soon(() => page.locator('.row.changed').count()).toBe(0);
    stage.complaints.splice(0);
  });

  test('a button of a change keeps the focus when another change is told', async () => {
    await put('valve-3', true);
    const page = await stage.open({}, '?find=valve-3#valve-3');
    const standings = () => page.locator('#changes .standing').allTextContents();
    await soon(standings).toEqual(['Acknowledge']);
    await page.locator('#changes .acknowledge').focus();
    await stage.put('valve-3', level(50, 30), 60);
    await soon(standings).toEqual(['Acknowledge', 'Acknowledge']);
    const isFocusedLast = `document.activeElement === [...document.querySelectorAll('#changes button')].at(-1)`;
    expect(await page.evaluate(isFocusedLast)).toBe(true);
  });

  test('all that is listed at once', async () => {
    for (const name of ['duct-1', 'duct-2', 'duct-3']) await put(name, name !== 'duct-2');
    const page = await stage.open({}, '?find=duct');
    const all = page.getByRole('button', { name: 'Acknowledge 2 series' });
    await all.click();
    await page.locator('#question-confirm').click();
    await soon(() => page.locator('.row.changed').count()).toBe(0);
    await all.waitFor({ state: 'hidden' });
    const others = await stage.open();
    await soon(() => others.locator('.row.changed').count()).toBeGreaterThan(0);
  });

  test('what somebody acknowledges elsewhere is seen here soon', async () => {
    await put('elsewhere', true);
    const page = await stage.open({}, '?find=elsewhere#elsewhere');
    await page.locator('.row.changed').waitFor();
    const [item] = await itemOf('elsewhere');
    const noted = { ...item, acknowledgedAt: new Date().toISOString(), acknowledgedBy: 'Ben' };
    await client().send(new PutCommand({ TableName: table, Item: noted }));
    await soon(() => page.locator('.row.changed').count()).toBe(0);
    await soon(() => page.locator('#changes .standing').textContent()).toBe('✓ BenTake back');
  });

  test('a change that waits to be told is there, and says so', async () => {
    await put('silent', false);
    const page = await stage.open({}, '?find=silent#silent');
    await row(page, 'silent').waitFor();
    const found = aChangePoint({ seriesId: 'silent', id: 'silent', eventKey: '2026-01-01T00:00:50.000Z#e' });
    // Claimed by another, or a sweep that falls in between would publish it.
    const claim = { claimedBy: 'another', claimedUntil: Date.now() + processingLimits.claimMs };
    const Item = {
      ...found,
      ...claim,
      sortKey: `CP#${found.eventKey}`,
      pendingSince: new Date(0).toISOString(),
    };
    await client().send(new PutCommand({ TableName: table, Item }));
    await page.locator('.row.changed').getByText('▲ +1, not told yet').waitFor();
    await soon(() => page.locator('#changes .untold').textContent()).toBe('not told yet');
    await keepPicture(page, 'untold');
  });
});

test('a forgotten series leaves the list and the notifications, and its open page says that it is empty', async () => {
  await put('forgotten', true);
  await put('kept', false);
  const page = await stage.open({}, '#forgotten');
  await page.locator('.row.changed', { hasText: 'forgotten' }).waitFor();
  await soon(() => page.locator('#opened-state').textContent()).toContain('60 readings');
  const notices = page.locator('#feed .notice', { hasText: 'forgotten' });
  await notices.waitFor();
  const { Items = [] } = await client().send(
    new QueryCommand({
      TableName: names.eventsTable,
      KeyConditionExpression: 'seriesId = :series',
      ExpressionAttributeValues: { ':series': 'forgotten' },
    }),
  );
  for (const { seriesId, eventKey } of Items)
    await client().send(new DeleteCommand({ TableName: names.eventsTable, Key: { seriesId, eventKey } }));
  await row(page, 'forgotten').waitFor({ state: 'hidden' });
  expect(await listed(page)).toContain('kept');
  await soon(() => notices.count()).toBe(0);
  await soon(() => page.locator('#opened-state').textContent()).toBe('No readings.');
  await keepPicture(page, 'forgotten');
});

describe('writes that this page did not make are refused', () => {
  const ask = (page: Page, headers: Record<string, string>, base = '') =>
    page.evaluate(
      ([address, sent]) =>
        fetch(`${address}/api/acknowledge`, {
          method: 'POST',
          headers: sent,
          body: JSON.stringify({ by: 'Mallory', targets: [{ seriesId: 'pump-3', eventKey: 'zzz' }] }),
        }).then(
          async (answer) => `${answer.status} ${await answer.text()}`,
          () => 'no answer',
        ),
      [base, headers] as const,
    );
  const untouched = async () => {
    const { Items } = await stage.changePoints('pump-3');
    expect(Items).toMatchObject([{ seriesId: 'pump-3' }]);
    expect(JSON.stringify(Items)).not.toContain('Mallory');
  };

  test('without the token, and with another one', async () => {
    const page = await stage.open();
    const json = { 'content-type': 'application/json' };
    for (const headers of [json, { ...json, 'x-aed-token': '0'.repeat(64) }])
      expect(await ask(page, headers)).toBe(
        '403 x-aed-token must be the token of this page: load the page anew\n',
      );
    await untouched();
    stage.complaints.splice(0);
  });

  test('of another site: a form, and a script with or without headers of its own', async () => {
    const site = createServer((_, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end(`<form method="post" enctype="text/plain" action="${stage.url}api/acknowledge">
        <input name='{"by":"Mallory","targets":[{"seriesId":"pump-3","eventKey":"zzz"}],"a":"' value='"}'></form>`);
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
    const page = await (await stage.browser.newContext()).newPage();
    await page.goto(address);
    const base = stage.url.slice(0, -1);
    expect(await ask(page, {}, base)).toBe('no answer');
    expect(await ask(page, { 'content-type': 'application/json', 'x-aed-token': 'x' }, base)).toBe(
      'no answer',
    );
    const answer = page.waitForResponse(`${stage.url}api/acknowledge`);
    await page.evaluate('document.forms[0].submit()');
    expect((await answer).status()).toBe(403);
    await untouched();
    site.close();
  });

  test('on a page that only shows there is nothing to press', async () => {
    const shows = await startLivePage({ pipeline: stage.pipeline, readOnly: true });
    const page = await (await stage.browser.newContext()).newPage();
    await page.goto(`${shows.url}#pump-3`);
    await page.locator('#changes .standing').getByText('not acknowledged').waitFor();
    expect(await page.getByRole('button', { name: /Acknowledge/ }).count()).toBe(0);
    expect(await ask(page, {})).toBe('403 this page only shows: it was started so\n');
    await shows.close();
  });
});

test('readings and changes are downloaded whole', async () => {
  const page = await stage.open({ acceptDownloads: true }, '#pump-3');
  await soon(() => page.locator('#changes tr').count()).toBe(1);
  const download = async (name: string) => {
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    const file = await started;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  };
  const readings = await download('Readings as CSV');
  expect(readings.name).toBe('aed-pump-3-readings.csv');
  expect(readings.text.split('\r\n')).toHaveLength(62);
  expect((await download('Changes as CSV')).text).toMatch(/\r\npump-3,2026-01-01T00:00:30.000Z,/);
});

test('on a phone a tapped row brings its plot into view, and a button leads back', async () => {
  const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
  const page = await stage.open(phone, '?order=name');
  await row(page, 'fan-2').tap();
  await soon(() => heading(page)).toBe('fan-2');
  const plotTop = () => page.evaluate<number>("document.querySelector('#plot').getBoundingClientRect().top");
  await soon(plotTop).toBeLessThan(400);
  expect(await plotTop()).toBeGreaterThan(0);
  await page.screenshot({ path: 'coverage/page/tapped.png' });
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back to the list' }).tap();
  const listTop = () => page.evaluate<number>("document.querySelector('#list').getBoundingClientRect().top");
  await soon(listTop).toBeGreaterThan(-20);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
});

test('Escape leads from the opened series to the list, and an arrow from the search into it', async () => {
  const page = await stage.open({}, '?order=name#fan-1');
  await soon(() => page.locator('#option-alpha').isEnabled()).toBe(true);
  await page.locator('#option-alpha').focus();
  await page.keyboard.press('Escape');
  expect(await page.evaluate('document.activeElement.id')).toBe('series-list');
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate('document.activeElement.id')).toBe('series-list');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('opened');
});

test('while the connection is lost it says since when, and writes nothing', async () => {
  const page = await stage.open({}, '#pump-3');
  await page.locator('#acknowledge-opened').waitFor();
  await stage.stopPage();
  await page.getByText(/^Not live\. What you see is of \S+ \S+ UTC, \d+ s ago\.$/).waitFor();
  await page.locator('#acknowledge-opened').waitFor({ state: 'hidden' });
  expect(await violationsOn(page)).toEqual([]);
  await keepPicture(page, 'lost');
  await stage.restartPage();
  await page.locator('#connection[data-state=open]').waitFor();
  await page.locator('#acknowledge-opened').waitFor();
  expect(await page.locator('#lost').isVisible()).toBe(false);
  stage.complaints.splice(0);
});
