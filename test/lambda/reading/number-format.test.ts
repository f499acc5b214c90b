import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  looseThousands,
  type NumberEvidence,
  numberEvidence,
  numberFormatOf,
} from '../../../lambda/reading/number-format.ts';
import { numberReader, thousandsMarks } from '../../../lambda/reading/number-text.ts';

describe('what a text says about the marks of its column', () => {
  test.each<[NumberEvidence, readonly string[]]>([
    ['whole', ['0', '20', '-7', '+7', '\u22127', '1e5', '1E-5', '1 234', "1'234'567", '1\u202f234']],
    ['point', ['20.3', '.5', '-20.3', '1.5e3', '1,183.5', '1,234,567.5', '1,234,567', '0.183', '1183.555']],
    ['point', ['1 183.555', "1'183.5", '1.994e+01', '1.18', '5.', '12345.678']],
    ['comma', ['20,3', ',5', '-20,3', '1,5e3', '1.183,5', '1.234.567,5', '1.234.567', '0,183', '1183,555']],
    ['comma', ['1 183,555', '1,18', '12345,678']],
    ['point-or-thousands', ['1.183', '-1.183', '12.345', '123.456', '999.000']],
    ['comma-or-thousands', ['1,183', '-1,183', '12,345', '123,456']],
    ['no-number', ['', 'x', '-', '.', ',', '5,', '1,2,3', '1.2.3', '1.23.456,7', '1,23.5', '1.2,3.4']],
    ['no-number', ['192.168.100.200', '10.0.0.1', '1 23', '1 2345', '2026-01-31', '12:30', '1.5x', '1 234x']],
  ])('%s: %j', (evidence, texts) => {
    for (const text of texts) expect([text, numberEvidence(text)]).toEqual([text, evidence]);
  });

  test.each([
    ['1 234', ' '],
    ['-1\u00a0234,5', ' '],
    ['1\u2009234', ' '],
    ["1'234.5", "'"],
    ['1’234', "'"],
    ['1234', undefined],
    ['1,234', undefined],
    ['12 34', undefined],
    ['1234 567', undefined],
    ['1 234x', undefined],
  ])('%s has its digits in groups with %j between them', (text, mark) => {
    expect(looseThousands(text)).toBe(mark);
  });
});

const found = (texts: readonly string[], pointsMayGroup = false) => {
  const { kind, ...rest } = numberFormatOf(texts, pointsMayGroup);
  return { [kind]: 'format' in rest ? rest.format : 'texts' in rest ? rest.texts : rest };
};

describe('the format of a column', () => {
  test.each<[readonly string[], object]>([
    [[], { whole: {} }],
    [['x', ''], { whole: {} }],
    [['1', '20', '-3'], { whole: {} }],
    [['1', '1 234'], { whole: { thousands: ' ' } }],
    [['1', "1'234"], { whole: { thousands: "'" } }],
    [['20.3', '7'], { format: { decimal: '.' } }],
    [['20,3', '7'], { format: { decimal: ',' } }],
    [['1,183.5'], { format: { decimal: '.', thousands: ',' } }],
    [['1.183,5'], { format: { decimal: ',', thousands: '.' } }],
    [['1,234,567'], { format: { decimal: '.', thousands: ',' } }],
    [['1 183.5'], { format: { decimal: '.', thousands: ' ' } }],
    [["1'183,5"], { format: { decimal: ',', thousands: "'" } }],
    // With both kinds of groups, those of the decimals' other mark count.
    [['1,183.5', '1 183.5'], { format: { decimal: '.', thousands: ',' } }],
    // One that may be grouped, beside one that is.
    [['1,183.5', '1,183'], { format: { decimal: '.', thousands: ',' } }],
    [['1.183,5', '1.183'], { format: { decimal: ',', thousands: '.' } }],
    // Whole numbers show that not every number has decimals.
    [['20.3', '1,183', '7'], { format: { decimal: '.', thousands: ',' } }],
    [['20,3', '1.183', '7'], { format: { decimal: ',', thousands: '.' } }],
    [['22,14', '22.140'], { ambiguous: ['22.140', '22.140'] }],
    [['22.14', '22,140', '22,150'], { ambiguous: ['22,140', '22,150'] }],
    // A tenth may contradict.
    [[...Array(9).fill('1.5'), '1,5'], { format: { decimal: '.' } }],
    [[...Array(9).fill('1,5'), '1.5'], { format: { decimal: ',' } }],
    [[...Array(8).fill('1.5'), '1,5'], { ambiguous: ['1.5', '1,5'] }],
    [['1.5', '1,5'], { ambiguous: ['1.5', '1,5'] }],
    [['1,183'], { ambiguous: ['1,183', '1,183'] }],
    [['1,183', '2,183'], { ambiguous: ['1,183', '2,183'] }],
    [['1,183', '1.183'], { ambiguous: ['1,183', '1.183'] }],
    // In JSON they are decimals.
    [['1.183'], { format: { decimal: '.' } }],
    [['1.183', '1 234'], { format: { decimal: '.', thousands: ' ' } }],
    [['1.183', '1234'], { format: { decimal: '.' } }],
    [['1.183', '0'], { format: { decimal: '.' } }],
    [['1.183', '12', '1234'], { format: { decimal: '.' } }],
    [['1.183', '123'], { ambiguous: ['1.183', '1.183'] }],
    [['1.183', '2.183', '-123', '0'], { ambiguous: ['1.183', '2.183'] }],
  ])('%j', (texts, format) => {
    expect(found(texts)).toStrictEqual(format);
  });

  test('points that may group are doubtful wherever a file gives reason to take them so', () => {
    expect(found(['1.183'], true)).toEqual({ ambiguous: ['1.183', '1.183'] });
    expect(found(['20.3', '1.18'], true)).toEqual({ format: { decimal: '.' } });
  });
});

test('numbers that were written in one format are read in it, or it is doubtful', () => {
  const written = (value: number, decimal: string, thousands: string) => {
    const [whole = '', fraction] = String(value).split('.');
    const grouped = whole.replaceAll(/(?<=\d)(?=(\d{3})+$)/g, thousands);
    return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
  };
  const value = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((digits) => digits / 100);
  fc.assert(
    fc.property(
      fc.constantFrom('.' as const, ',' as const),
      fc.constantFrom('', ...thousandsMarks),
      fc.array(value, { minLength: 1, maxLength: 20 }),
      (decimal, thousands, values) => {
        fc.pre(decimal !== thousands);
        const texts = values.map((one) => written(one, decimal, thousands));
        const format = numberFormatOf(texts, true);
        if (format.kind === 'ambiguous') return;
        const given = format.kind === 'format' ? format.format : { decimal: '.' as const, ...format };
        const read = numberReader({
          decimal: given.decimal,
          ...(given.thousands && { thousands: given.thousands }),
        });
        expect(texts.map(read)).toEqual(values.map((one) => one + 0));
      },
    ),
    { numRuns: 500 },
  );
});
