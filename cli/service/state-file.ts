import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { RecordSettings } from '../../lambda/record-settings.ts';
import type { Endpoints } from '../../local/clients.ts';
import { isRunning } from '../../local/kept/claim-folder.ts';
import { isProven } from '../../local/proof.ts';
import { FailedError } from '../context.ts';
import {
  checkOwnFolder,
  makeOwnFolder,
  notRegistered,
  openNew,
  ownFolderPath,
  readOwn,
} from './own-folder.ts';

/** What other commands of the user need to find `aed local`: its addresses and the names of its parts. */
export interface LocalState {
  readonly pid: number;
  readonly endpoints: Endpoints;
  /** Where the functions can be invoked. */
  readonly lambdaEndpoint: string;
  readonly stream: string;
  readonly eventsTable: string;
  readonly changePointsTable: string;
  readonly rulesTable: string;
  readonly topicArn: string;
  readonly peopleTopicArn: string;
  /** How its recorder finds events in records. */
  readonly records?: RecordSettings;
  /** Where a browser can watch it, if it serves a page. */
  readonly page?: string;
}

/** The file of one service. */
interface Entry {
  readonly state: LocalState;
  /** With it the service proves that it is the one of this file. */
  readonly secret: string;
  /** A home folder may be shared by several machines. */
  readonly host: string;
}

const ending = '.json';

/**
 * Registers a service, in a file of its own. Files of services that have died are removed.
 *
 * @returns what removes this file
 * @throws FailedError if other users could forge or read it
 */
export async function announceService(state: LocalState, secret: string): Promise<() => Promise<void>> {
  const folder = await makeOwnFolder();
  await removeDead(folder);
  // The names sort by their times: the newest service is found first.
  const path = join(folder, `${Date.now()}-${randomUUID()}`);
  try {
    await writeNew(path, JSON.stringify({ state, secret, host: hostname() } satisfies Entry));
    // A reader sees a whole file or none.
    await rename(path, path + ending);
  } catch (error) {
    await rm(path, { force: true });
    throw notRegistered(folder, error);
  }
  return () => rm(path + ending, { force: true });
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await openNew(path);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

/**
 * The state of the local service that started last, of those that run now and prove who they are.
 *
 * @param patienceMs how long each is given to answer; by default that of `isProven`
 * @throws FailedError if other users could have forged it, or if a service whose process runs has not answered: an older one in its
 * place would be the wrong one
 */
export async function readLocalState(patienceMs?: number): Promise<LocalState | undefined> {
  const folder = await ownFolderPath();
  if (folder === undefined) return undefined;
  await checkOwnFolder(folder);
  for (const path of await entryPaths(folder)) {
    const entry = await readEntry(path);
    if (entry === undefined || isDead(entry)) continue;
    const proven = await isProven(entry.state.lambdaEndpoint, entry.secret, patienceMs);
    if (proven) return entry.state;
    if (proven === undefined && entry.host === hostname()) throw silent(entry.state.pid, path);
  }
  return undefined;
}

function silent(pid: number, path: string): FailedError {
  return new FailedError(
    `the local service of process ${pid} does not answer; if it is busy, try again; if it hangs, end it; if that is no \`aed local\`, remove ${path}`,
  );
}

/** The newest first. */
async function entryPaths(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
  const entries = names.filter((name) => name.endsWith(ending));
  return entries
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/** @returns `undefined` for a file that is none of a service, or has just been removed */
async function readEntry(path: string): Promise<Entry | undefined> {
  try {
    const entry: Partial<Entry> | null = JSON.parse(await readOwn(path));
    const { state, secret, host } = entry ?? {};
    const isWhole = typeof state?.pid === 'number' && URL.canParse(state.lambdaEndpoint);
    return isWhole && typeof secret === 'string' && typeof host === 'string'
      ? { state, secret, host }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether its process has gone. Of another machine's process nothing is known here. */
function isDead({ host, state }: Entry): boolean {
  return host === hostname() && !isRunning(state.pid);
}

async function removeDead(folder: string): Promise<void> {
  for (const path of await entryPaths(folder)) {
    const entry = await readEntry(path);
    if (entry !== undefined && isDead(entry)) await rm(path, { force: true });
  }
}
