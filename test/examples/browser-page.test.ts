import { readFileSync } from 'node:fs';
import { detectChangePoints } from '@aed/core';
import { parseHTML } from 'linkedom';
import { beforeEach, describe, expect, test } from 'vitest';
import { watchPage } from '../../examples/browser-page/page.js';

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

  test.each([
    ['alpha', '2', 'alpha must be a number greater than 0 and less than 1, got 2'],
    ['readings', '1 2 three', 'value at index 2 must be a finite number, got NaN'],
  ])('says what is wrong with %s = %s', (id, text, message) => {
    type(id, text);
    expect([items(), marks()]).toEqual([[message], 0]);
  });
});
