import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { RecordSettings } from '../../lambda/record-settings.ts';
import type { Endpoints } from '../../local/clients.ts';
import { isRunning } from '../../local/kept/claim-folder.ts';

/** What `aed local` tells the other commands of its user: its addresses and the names of its parts. */
export interface LocalState {
  readonly pid: number;
  readonly endpoints: Endpoints;
  /** Where the functions can be invoked. */
  readonly lambdaEndpoint: string;
  readonly stream: string;
  readonly eventsTable: string;
  readonly changePointsTable: string;
  readonly topicArn: string;
  /** How its recorder finds events in records. */
  readonly records?: RecordSettings;
  /** Where a browser can watch it, if it serves a page. */
  readonly page?: string;
}

/**
 * A folder that only its user may read or write, so that nobody else can point commands elsewhere. It is in XDG_RUNTIME_DIR, or
 * among the temporary files if that is not set.
 */
function folder(): string {
  return join(process.env.XDG_RUNTIME_DIR || tmpdir(), `aed-local-${userInfo().uid}`);
}

const file = () => join(folder(), 'state.json');

export async function writeLocalState(state: LocalState): Promise<void> {
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  await writeFile(file(), JSON.stringify(state), { mode: 0o600 });
}

/** The state of the local service that runs now, if there is one. */
export async function readLocalState(): Promise<LocalState | undefined> {
  let state: LocalState;
  try {
    state = JSON.parse(await readFile(file(), 'utf8'));
  } catch {
    return undefined;
  }
  return isRunning(state.pid) ? state : undefined;
}

/** Removes the state, unless another local service has written it since. */
export async function removeLocalState(pid: number): Promise<void> {
  const state = await readLocalState();
  if (state === undefined || state.pid === pid) await rm(file(), { force: true });
}
