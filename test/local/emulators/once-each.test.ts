import { expect, test } from 'vitest';
import { onceEach } from '../../../local/emulators/once-each.ts';

test('each database is changed once, when it is first asked for, also one that takes the name of another', () => {
  const databases = new Map([
    ['a', {}],
    ['b', {}],
  ]);
  const changed: unknown[] = [];
  const get = onceEach(
    (name) => databases.get(name) ?? {},
    (database, name) => changed.push([database, name]),
  );
  expect(changed).toEqual([]);
  const [a, b] = [databases.get('a'), databases.get('b')];
  expect([get('a'), get('b'), get('a'), get('b')].every((given, at) => given === [a, b][at % 2])).toBe(true);
  expect(changed).toEqual([
    [a, 'a'],
    [b, 'b'],
  ]);
  const again = { anew: true };
  databases.set('a', again);
  expect(get('a')).toBe(again);
  expect(changed.slice(2)).toEqual([[again, 'a']]);
});
