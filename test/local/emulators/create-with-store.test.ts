import { expect, test } from 'vitest';
import { createWithStore } from '../../../local/emulators/create-with-store.ts';

const create = (path: string) => ({ path });

test('an emulator is given with the store that it has made, and the module is as before', () => {
  const module = { create };
  const made = createWithStore(module, () => ({ sees: module.create('folder') }));
  expect(made).toEqual({ made: { sees: { path: 'folder' } }, store: { path: 'folder' } });
  expect(made.store).toBe(made.made.sees);
  expect(module.create).toBe(create);
});

test.each<[string, () => object, string]>([
  [
    'makes no store',
    () => ({}),
    'the emulator created no store: this needs the pinned version of the emulator',
  ],
  [
    'fails',
    () => {
      throw new Error('no such folder');
    },
    'no such folder',
  ],
])('an emulator that %s is told, and the module is as before', (_, make, message) => {
  const module = { create };
  expect(() => createWithStore(module, make)).toThrow(new Error(message));
  expect(module.create).toBe(create);
});
