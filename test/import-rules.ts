import { posix } from 'node:path';

/**
 * The rooms of the repository, and what each may import beside itself. A room is a folder without the rooms below it, or a
 * single file; `x/**` stands for the room x and all rooms below it. Packages are free, except to core.
 *
 * A room may import only what stands above it in this list, so no import runs back up.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],

  'lambda/reading/is-object.ts': [],
  'lambda/reading': ['lambda/reading/is-object.ts'],
  'lambda/regime': [],
  lambda: ['core', 'lambda/reading', 'lambda/regime'],
  'lambda/environment': ['core', 'lambda'],
  'lambda/record': ['lambda', 'lambda/reading/is-object.ts', 'lambda/reading'],
  'lambda/tables': ['core', 'lambda', 'lambda/regime'],
  'lambda/rules': ['core', 'lambda', 'lambda/reading', 'lambda/tables'],
  'lambda/notify': ['lambda', 'lambda/environment', 'lambda/tables'],
  'lambda/digest': ['lambda', 'lambda/environment', 'lambda/tables', 'lambda/notify'],
  'lambda/recorder': ['lambda', 'lambda/environment', 'lambda/record', 'lambda/tables'],
  'lambda/detector': [
    'core',
    'lambda',
    'lambda/reading/is-object.ts',
    'lambda/regime',
    'lambda/environment',
    'lambda/tables',
    'lambda/rules',
    'lambda/notify',
  ],
  'lambda/recorder.lambda.ts': ['lambda', 'lambda/recorder'],
  'lambda/detector.lambda.ts': ['lambda', 'lambda/detector'],
  'lambda/sweeper.lambda.ts': ['lambda', 'lambda/notify'],
  'lambda/forwarder': ['lambda', 'lambda/environment', 'lambda/digest'],
  'lambda/digest.lambda.ts': ['lambda', 'lambda/digest'],
  'lambda/forwarder.lambda.ts': ['lambda', 'lambda/forwarder'],

  lib: [
    'core',
    'lambda/environment',
    'lambda/field-settings.ts',
    'lambda/record-settings.ts',
    'lambda/service-options.ts',
    'lambda/setting-row.ts',
    'lambda/settings.ts',
  ],

  'local/listeners.ts': [],
  'local/plain-file.ts': [],
  'local/guard': [],
  'local/journal': ['local/plain-file.ts'],
  'local/emulators': ['local/guard', 'local/journal', 'local/listeners.ts'],
  'local/clients.ts': ['lambda'],
  'local/resources.ts': ['lambda', 'lib/table-schemas.ts', 'local/clients.ts'],
  'local/event-source-mapping': ['lib/deployment-limits.ts', 'local/emulators'],
  'local/kept': [
    'lambda',
    'lambda/reading/is-object.ts',
    'lambda/detector',
    'lambda/tables',
    'lib/deployment-limits.ts',
    'lib/table-schemas.ts',
    'local/clients.ts',
    'local/event-source-mapping',
    'local/plain-file.ts',
    'local/resources.ts',
  ],
  local: [
    'lambda/**',
    'lib/deployment-limits.ts',
    'lib/table-schemas.ts',
    'local/clients.ts',
    'local/emulators',
    'local/event-source-mapping',
    'local/guard',
    'local/journal',
    'local/kept',
    'local/listeners.ts',
    'local/resources.ts',
  ],
  'local/apart': ['lambda', 'local', 'local/clients.ts', 'local/emulators', 'local/resources.ts'],

  web: ['core', 'lambda'],
  'web/compare': ['core', 'lambda'],
  'web/page': ['core', 'lambda', 'web', 'web/compare'],
  'web/server': [
    'core',
    'lambda',
    'lambda/reading/is-object.ts',
    'lambda/tables',
    'lambda/rules',
    'lambda/notify',
    'lib/table-schemas.ts',
    'local/**',
    'web',
  ],

  'cli/datasets': [],
  cli: ['core', 'lambda/**', 'web/compare'],
  'cli/input': ['lambda', 'lambda/reading/is-object.ts', 'lambda/reading', 'cli'],
  'cli/report': ['lambda', 'cli'],
  'cli/report/page': ['lambda', 'web/page/time-axis.ts', 'cli/report'],
  'cli/produce': ['lambda/**', 'cli'],
  'cli/service': ['core', 'lambda/**', 'local/**', 'cli', 'cli/report'],
  'cli/put': ['lambda', 'lambda/reading', 'lambda/record', 'cli', 'cli/input', 'cli/produce'],
  'cli/replay': [
    'core',
    'lambda/**',
    'local/**',
    'web/server',
    'cli',
    'cli/datasets',
    'cli/input',
    'cli/produce',
    'cli/put',
  ],
  'cli/quarantine': ['lambda/**', 'local/**', 'cli', 'cli/produce', 'cli/service'],
  'cli/forget': [
    'lambda/**',
    'lib/deployment-limits.ts',
    'lib/table-schemas.ts',
    'local/clients.ts',
    'cli',
    'cli/quarantine',
  ],
  'cli/rules': ['core', 'lambda/**', 'local/**', 'cli', 'cli/service'],
  'cli/season': ['core', 'lambda', 'cli', 'cli/input'],
  'cli/detect': ['core', 'lambda', 'web/compare', 'cli', 'cli/input', 'cli/report', 'cli/season'],
  'cli/validate': ['core', 'lambda', 'cli', 'cli/produce', 'cli/report'],
  'cli/commands': ['core', 'lambda/**', 'lib/people-settings.ts', 'local/**', 'web/server', 'cli/**'],
  'cli/run.ts': ['cli', 'cli/commands'],

  'bin/build': ['lib', 'web/server', 'cli/report'],
  examples: ['core', 'lambda', 'local/**', 'cli/datasets', 'cli/produce'],
  bench: ['core', 'lambda/**', 'lib', 'local/**', 'web/**', 'cli/**', 'bin/build', 'test/web/browser'],
  bin: ['lib', 'cli', 'cli/run.ts', 'bin/build', 'bench/script-arguments.ts'],
};

/** How all others name the core, which they know by its exports alone. */
const coreName = '@aed/core';
/** The benchmarks of single steps, which no export shows. */
const insideCore = ['bench/speed/', 'bench/scan-worst-case.ts', 'bench/statistics/scan-thresholds.ts'];

/** The rooms, each after all that it may import. */
export const rooms = Object.keys(allowed);

const specifierPattern = /\b(?:from|import|require)\s*\(?\s*(['"])([^'"]+)\1/g;

/** What a source file imports, as it is written: types, re-exports and dynamic imports too. */
export function specifiersIn(source: string): string[] {
  return [...source.matchAll(specifierPattern)].map(([, , specifier = '']) => specifier);
}

/**
 * The imports of a source file that no rule allows, as they are written.
 *
 * @param path - from the root of the repository, with forward slashes
 */
export function wrongImports(path: string, source: string): string[] {
  return specifiersIn(source).filter((specifier) => !mayImport(path, specifier));
}

/** The file of the repository that a specifier means; `undefined` for a package. */
export function targetOf(path: string, specifier: string): string | undefined {
  if (specifier === coreName) return 'core/src/index.ts';
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
}

/** The room that a file is in: of all that hold it, the innermost. */
export function roomOf(path: string): string | undefined {
  const holding = rooms.filter((room) => path === room || path.startsWith(`${room}/`));
  return holding.sort((a, b) => b.length - a.length)[0];
}

function mayImport(path: string, specifier: string): boolean {
  const room = roomOf(path);
  const target = targetOf(path, specifier);
  if (room === undefined) return false;
  if (target === undefined) return room !== 'core';
  const other = roomOf(target) ?? target;
  if (other === room) return true;
  if (other === 'core' && specifier !== coreName && !insideCore.some((name) => path.startsWith(name)))
    return false;
  const isAbove = !rooms.includes(other) || rooms.indexOf(other) < rooms.indexOf(room);
  return isAbove && (allowed[room] ?? []).some((name) => stands(name, other, target));
}

/** Whether a name in a rule stands for a file of a room. */
function stands(name: string, room: string, file: string): boolean {
  if (!name.endsWith('/**'))
    return room === name || file === name || (file.startsWith(`${name}/`) && !rooms.includes(name));
  const whole = name.slice(0, -'/**'.length);
  return room === whole || room.startsWith(`${whole}/`);
}
