import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochTime, epochUnits } from '../../../lambda/reading/epoch-time.ts';

const powersToNs = { s: 9, ms: 6, us: 3, ns: 0 };
const mostMs = 8_640_000_000_000_000n;

/** The instant of `digits` · 10^`power` units, without what is below a nanosecond. */
function exactly(sign: string, digits: string, power: number) {
  const shifted = power >= 0 ? BigInt(digits) * 10n ** BigInt(power) : BigInt(digits) / 10n ** BigInt(-power);
  const all = sign === '-' ? -shifted : shifted;
  const ns = ((all % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const ms = (all - ns) / 1_000_000n;
  return ms > mostMs || ms < -mostMs ? undefined : { ms, ns };
}

function read(text: string, unit: (typeof epochUnits)[number]) {
  const instant = epochTime(text, unit);
  return instant && { ms: BigInt(instant.ms), ns: BigInt(instant.ns) };
}

const sign = fc.constantFrom('', '-');
const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });
const unit = fc.constantFrom(...epochUnits);

test('a number of any size is read to the nanosecond, in any unit', () => {
  fc.assert(
    fc.property(sign, digits(1, 24), digits(0, 12), unit, (minus, whole, fraction, unit) => {
      const text = `${minus}${whole}${fraction === '' ? '' : `.${fraction}`}`;
      const power = powersToNs[unit] - fraction.length;
      expect(read(text, unit)).toEqual(exactly(minus, whole + fraction, power));
    }),
    { numRuns: 1000 },
  );
});

test('so is one with an exponent', () => {
  const exponent = fc.integer({ min: -20, max: 25 });
  fc.assert(
    fc.property(
      sign,
      digits(1, 1),
      digits(0, 20),
      exponent,
      unit,
      (minus, whole, fraction, exponent, unit) => {
        const text = `${minus}${whole}${fraction === '' ? '' : `.${fraction}`}e${exponent}`;
        const power = powersToNs[unit] - fraction.length + exponent;
        expect(read(text, unit)).toEqual(exactly(minus, whole + fraction, power));
      },
    ),
    { numRuns: 1000 },
  );
});
