import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { detectChangePoints } from '@aed/core';
import { parseHTML } from 'linkedom';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { watchPage } from '../../examples/browser-page/page.js';
import { useFolder } from '../use/folder.ts';
import { runExample, startExample } from './run-example.ts';

const html = readFileSync('examples/browser-page/index.html', 'utf8');
let page: ReturnType<typeof parseHTML>;

beforeEach(() => {
  page = parseHTML(html);
  watchPage(page.document, detectChangePoints);
});

const items = () => [...page.document.querySelectorAll('#changes li')].map(({ textContent }) => textContent);
const marks = () => page.document.querySelectorAll('#plot line').length;

/** Types into a field of the page. */
function type(id: string, text: string): void {
  const field = Object.assign(page.document.querySelector(`#${id}`) ?? {}, { value: text });
  field.dispatchEvent(new page.window.Event('input'));
}

describe('the page', () => {
  test('shows the change of the readings that it comes with', () => {
    expect(items()).toEqual(['Reading 28: down by 294, known at reading 36, p 0.0045']);
    expect(marks()).toBe(1);
  });

  test('brings its icon, so that a browser asks its server for none', () => {
    expect(page.document.querySelector('link[rel=icon]')?.getAttribute('href')).toBe('data:,');
  });

  test('shows the changes anew when a field changes', () => {
    type('threshold', '1000');
    expect([items(), marks()]).toEqual([['No change.'], 0]);
    type('threshold', '0');
    type('readings', [...Array(20).fill(0), ...Array(20).fill(5), ...Array(20).fill(-1)].join(', '));
    expect([items().length, marks()]).toEqual([2, 2]);
  });

  const rising = [...Array(20).fill(0), ...Array(20).fill(5)];
  test.each([', ', ';', ' ; ', ',\n', '\n', '\t', ' '])(
    'takes %j between readings, and after the last',
    (separator) => {
      type('readings', `${rising.join(separator)}${separator}`);
      const [polyline] = page.document.querySelectorAll('#plot polyline');
      expect(polyline?.getAttribute('points')?.split(' ').length).toBe(rising.length);
      expect(items()).toEqual([expect.stringMatching(/^Reading 20: up by 5.00,/)]);
    },
  );

  test('takes more readings than a call can have arguments', () => {
    type('readings', '5 '.repeat(200_000));
    expect(items()).toEqual(['No change.']);
  });

  test.each([
    ['alpha', '2', 'alpha must be a number greater than 0 and less than 1, got 2'],
    ['readings', '1 2 three', "value at index 2 must be a finite number, got 'three'"],
    ['readings', '1,,3', "value at index 1 must be a finite number, got ''"],
    ['readings', '1; ;3', "value at index 1 must be a finite number, got ''"],
    ['readings', ',1', "value at index 0 must be a finite number, got ''"],
    ['readings', '1,2,,', "value at index 2 must be a finite number, got ''"],
    ['readings', '', 'No reading.'],
    ['readings', ' \n', 'No reading.'],
  ])('says what is wrong with %s = %s', (id, text, message) => {
    type(id, text);
    expect([items(), marks()]).toEqual([[message], 0]);
  });
});

describe('its server', () => {
  const folder = useFolder('for each test');
  const served = join(folder, 'examples/browser-page');
  const core = join(folder, 'core/dist/index.js');
  beforeEach(() => {
    cpSync('examples/browser-page', served, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  });

  test('has the page and the core, whatever the query', async () => {
    mkdirSync(dirname(core), { recursive: true });
    writeFileSync(core, 'export {};');
    const child = startExample(join(served, 'serve.ts'));
    onTestFinished(() => void child.kill());
    const [address] = await once(createInterface({ input: child.stdout }), 'line');
    const get = async (path: string) => {
      const answer = await fetch(new URL(path, address));
      return [answer.status, await answer.text()];
    };
    expect(await get('/')).toEqual([200, html]);
    expect(await get('/?a=1')).toEqual([200, html]);
    expect(await get('/core.js')).toEqual([200, 'export {};']);
    expect(await get('/other?/')).toEqual([404, '']);
  });

  test('says at its start that the core is not built', async () => {
    await expect(runExample(join(served, 'serve.ts'))).rejects.toThrow(
      /failed: error: the core is not built: run npm run build first\n$/,
    );
  });
});
