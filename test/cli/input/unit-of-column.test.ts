import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailedError } from '../../../cli/context.ts';
import { numberColumn } from '../../../cli/input/number-column.ts';
import { unitOf, unitsOf } from '../../../cli/input/unit-of-column.ts';
import { runHere } from '../in-process.ts';

const unitsWithDigits =
  'm3/h Nm3/h Sm3/h m2 m3 cm2 mm3 m^3 m/s2 m/s^2 kg/m3 W/m2 W/m2K W/(m2·K) µg/m3 mgCO2/l s-1 m-3 m^-1 min-1 H2O mmH2O inH2O CO2 ppmCO2 kgCO2/kWh NO3-N PM10 %O2 ft3 in2 °C/m2 l/100km mg/100ml'.split(
    ' ',
  );
const otherUnits = ['°C', '%', 'kg/h', 'm³/h', 'bar(g)', '% rF', '% RH', '° C', 'µS/cm'];
/** What stands behind a number and is one itself, or has one of its own. */
const numbersBehind =
  '5 e5 E5 e-5 E+05 e5/h d3 D+3 x10 X2 x^2 ×10 *10 ^3 10^3 10³/µl +5 -5 ±3 (3) /5 #3 @3 =3 ~3 |4 &3 h30 m30 s10 B2 A1 B12 s2 dev2 Pump3 of10 to12 3m 1/2 m3/5 m33 H2O/5 1.5 1,5 ½ ² ٣ １２ m３'.split(
    ' ',
  );

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(2));
const space = fc.constantFrom(' ', '\u00a0', '\u202f');

describe('the unit behind a number', () => {
  test.each([...unitsWithDigits, ...otherUnits])('%s is one, and the number is read', (unit) => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 5 }), space, (numbers, space) => {
        const texts = numbers.map((one) => `${one}${space}${unit}`);
        expect(unitsOf(texts)).toEqual([unit]);
        const column = numberColumn('flow', texts, { decimal: '.' }, false);
        expect(texts.map((text) => column.read(text))).toEqual(numbers.map(Number));
      }),
    );
  });

  test.each(numbersBehind)('%s is none', (behind) => {
    expect(unitOf(`12 ${behind}`)).toBeUndefined();
  });

  test.each(['1183 m3 5', '3 4', '1183 m3/h 2 bar', '45 % 5', '45 % m3', '31 Jan 2026', '12 5 m3/h 3'])(
    '%s has none',
    (text) => {
      expect(unitOf(text)).toBeUndefined();
    },
  );

  test('two numbers are never read as one', () => {
    const behind = fc.constantFrom(...unitsWithDigits, ...numbersBehind, '');
    fc.assert(
      fc.property(number, number, behind, fc.constantFrom(' ', ' ', ''), (one, other, unit, space) => {
        const texts = [`${one} ${other}${space}${unit}`, `${one} ${unit} ${other}`, `${one} x${other}`];
        for (const text of texts.map((each) => each.trim()))
          for (const column of [[text], [`1 ${unit}`, `2 ${unit}`]]) {
            const read = readOf(column, text);
            expect(read).toBeNaN();
          }
      }),
    );
  });

  test.each(['Pump 1', 'Sensor 12', 'B2', 'm3', 'CO2', 'PM10'])('a name is no number: %s', (name) => {
    expect(readOf([name], name)).toBeNaN();
    expect(unitOf(name)).toBeUndefined();
  });
});

/** What a column reads of a text; NaN also if it is refused. */
function readOf(column: readonly string[], text: string): number {
  try {
    return numberColumn('value', column, {}, false).read(text);
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    return Number.NaN;
  }
}

test.each(['m3/h', 'mmH2O', '% rF', 'kg/m3'])('a file with %s in each row is read', async (unit) => {
  const values = Array.from(
    { length: 80 },
    (_, index) => (index < 40 ? 1180 : 1190) + ((index * 7) % 10) / 10,
  );
  for (const [separator, mark] of [
    [',', '.'],
    [';', ','],
    ['\t', '.'],
  ] as const) {
    const rows = values.map((value, index) => {
      const time = new Date(Date.UTC(2026, 0, 30, 20, 5 * index)).toISOString();
      return [time, `${value.toFixed(1).replace('.', mark)} ${unit}`].join(separator);
    });
    const input = `Zeit${separator}Durchfluss\n${rows.join('\n')}\n`;
    const { code, out, error } = await runHere(['detect', '-', '--json'], { input });
    expect(error).toBe('');
    expect(code).toBe(0);
    const [change, summary] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(change).toMatchObject({ changedAt: 40 });
    expect(summary).toMatchObject({ longest: 80 });
    expect(JSON.stringify(summary.readAs)).toContain(`the unit '${unit}' in 'Durchfluss'`);
  }
});
