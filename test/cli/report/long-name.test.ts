import { expect, test } from 'vitest';
import { boldText, textWidth } from '../../../cli/report/svg-text.ts';

test.each([
  ['boiler-7', 400, 'boiler-7'],
  [`site/${'floor/'.repeat(40)}temp`, 400, /^site\/floor.*…[^…]*floor\/temp$/],
  ['🌡'.repeat(90), 400, /^🌡+…🌡+$/u],
])('%s fits into %d pixels, and the whole is there', (name, width, shown) => {
  const text = boldText(16, 20, name, 13, width);
  const [, drawn = '', title = drawn] =
    /^<text [^>]*>([^<]*)(?:<title>([^<]*)<\/title>)?<\/text>$/.exec(text) ?? [];
  expect(drawn).toMatch(shown);
  expect(title).toBe(name);
  expect(textWidth([...drawn].map(() => 'm').join(''), 1.2 * 13)).toBeLessThanOrEqual(width);
});
