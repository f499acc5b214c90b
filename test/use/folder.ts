import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { hooksFor, type Kept } from './started.ts';

/** A folder, empty at first and removed afterwards. */
export function useFolder(kept: Kept = 'for all tests'): string {
  const { before, after } = hooksFor(kept);
  const folder = join(tmpdir(), `aed-test-${randomUUID()}`);
  before(async () => {
    await mkdir(folder, { mode: 0o700 });
  });
  after(() => rm(folder, { recursive: true }));
  return folder;
}

/** A folder where `aed local` leaves word of itself: commands find the local service of these tests, and no other. */
export function useRuntimeFolder(): string {
  const folder = useFolder();
  beforeAll(() => {
    vi.stubEnv('XDG_RUNTIME_DIR', folder);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });
  return folder;
}
