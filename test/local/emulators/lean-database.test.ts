import { createRequire } from 'node:module';
import { afterEach, expect, test, vi } from 'vitest';
import { startDynamoDb } from '../../../local/emulators/dynamodb.ts';
import { startKinesis } from '../../../local/emulators/kinesis.ts';
import { useFolder } from '../../use/folder.ts';

interface Database {
  _open(options: object, ...rest: unknown[]): unknown;
}

// The very classes that the emulators load.
const classOf = (emulator: string, name: string) => createRequire(import.meta.resolve(emulator))(name);
const { ClassicLevel } = classOf('dynalite', 'classic-level') as { ClassicLevel: { prototype: Database } };
const LevelDown = classOf('kinesalite', 'leveldown') as { prototype: Database };
const folder = useFolder();

afterEach(() => {
  vi.restoreAllMocks();
});

// A larger block means fewer keys that each open file keeps in memory.
const lean = { blockSize: 16_384, cacheSize: 2_097_152 };

test('the database of a folder has larger blocks than its own, and keeps less in memory', async () => {
  const opened = vi.spyOn(ClassicLevel.prototype, '_open');
  const emulator = await startDynamoDb({ folder: `${folder}/dynamodb` });
  await emulator.close();
  expect(opened).toHaveBeenCalledTimes(1);
  expect(opened.mock.calls[0]?.[0]).toMatchObject(lean);
});

test('the database of the records does so too, and has no more files open than LevelDB must', async () => {
  const opened = vi.spyOn(LevelDown.prototype, '_open');
  const emulator = await startKinesis({ folder: `${folder}/kinesis` });
  await emulator.close();
  expect(opened).toHaveBeenCalledTimes(1);
  expect(opened.mock.calls[0]?.[0]).toMatchObject({ ...lean, maxOpenFiles: 74 });
  expect(LevelDown.prototype._open).toBe(opened);
});
