import { createRequire } from 'node:module';
import { afterEach, expect, test, vi } from 'vitest';
import { startDynamoDb } from '../../../local/emulators/dynamodb.ts';
import { useFolder } from '../../use/folder.ts';

interface Database {
  _open(options: { readonly blockSize?: number }): Promise<void>;
}

// The very class that dynalite loads.
const require = createRequire(import.meta.resolve('dynalite'));
const { ClassicLevel } = require('classic-level') as { ClassicLevel: { prototype: Database } };
const folder = useFolder();

afterEach(() => {
  vi.restoreAllMocks();
});

// A larger block means fewer keys that each open file keeps in memory.
test('the database of a folder has larger blocks than its own', async () => {
  const opened = vi.spyOn(ClassicLevel.prototype, '_open');
  const emulator = await startDynamoDb({ folder });
  await emulator.close();
  expect(opened.mock.calls.map(([{ blockSize }]) => blockSize)).toEqual([16_384]);
});
