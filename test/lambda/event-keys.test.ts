import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareEventKeys } from '../../lambda/event.ts';

test('keys have the order of their UTF-8 bytes, whatever characters they are of', () => {
  // Characters of one and of two UTF-16 units, whose order by units is another one, and halves of such characters.
  const character = fc.constantFrom('#', '+', '~', 'é', '\u{ffff}', '\u{1f600}', '\ud800', '\udfff');
  const key = fc.array(character, { maxLength: 4 }).map((characters) => characters.join(''));
  fc.assert(
    fc.property(key, key, (a, b) => {
      const byBytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareEventKeys(a, b))).toBe(byBytes);
    }),
  );
});
