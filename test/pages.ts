import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);

/** The text of a file, by its path from the top of the project. */
export function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** Every page for readers, by its path from the top of the project. */
export const pages: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  ...['core', 'lib', 'cli'].map((folder) => `${folder}/README.md`),
  ...['docs', 'examples', 'test'].flatMap(markdownIn),
];

function markdownIn(folder: string): string[] {
  const names = readdirSync(new URL(`${folder}/`, root), { encoding: 'utf8', recursive: true });
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`);
}
