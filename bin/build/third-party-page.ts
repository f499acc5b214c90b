/** A package of others, and its terms as an SPDX expression. */
export interface ThirdPartyPackage {
  /** Name and version. */
  readonly id: string;
  readonly licence: string;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** `package-lock.json`, as far as it is read here: packages by their folder. */
export interface PackageLock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Licences under which parts of others may be deployed: each lets us pass them on as they are, with their texts. */
export const allowedLicences: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
];

/** @throws Error naming the package, if one of the terms that apply to it is none of those allowed */
export function checkLicences(packages: readonly ThirdPartyPackage[]): void {
  for (const { id, licence } of packages) {
    const terms = licence.replaceAll(/[()]/g, '').split(/ (?:AND|OR) /);
    const other = terms.find((term) => !allowedLicences.includes(term));
    if (other !== undefined)
      throw new Error(
        `the licence of ${id} must be one of ${allowedLicences.join(', ')}, got ${other}; replace the package, or allow the licence in bin/build/third-party-page.ts once its terms were read`,
      );
  }
}

/** The packages of a `THIRD-PARTY-LICENCES.txt`. */
export function packagesIn(licences: string): readonly ThirdPartyPackage[] {
  const [, ...sections] = licences.split(`\n${'-'.repeat(80)}\n\n`);
  return sections.flatMap((section) => {
    const [ids = '', terms = ''] = section.split('\n\n', 2);
    const licence = terms.replace('Licence: ', '').trim();
    return ids.split('\n').map((id) => ({ id, licence }));
  });
}

/** The packages that come with others from the registry, on any platform, as the lock has them. */
export function installedWith(
  names: readonly string[],
  { packages }: PackageLock,
): readonly ThirdPartyPackage[] {
  const found = new Map<string, ThirdPartyPackage>();
  const todo = names.map((name): readonly [folder: string, name: string] => ['', name]);
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const folder = folderOf(...next, packages);
    const locked = packages[folder];
    if (locked === undefined || found.has(folder)) continue;
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    found.set(folder, { id: `${name} ${locked.version}`, licence: locked.license ?? 'not stated' });
    for (const dependency of Object.keys({ ...locked.dependencies, ...locked.optionalDependencies }))
      todo.push([folder, dependency]);
  }
  return [...new Map([...found.values()].map((each) => [each.id, each])).values()];
}

/** Where Node finds a package that another one needs: in its own folder, or in one further up. */
function folderOf(from: string, name: string, packages: PackageLock['packages']): string {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (folder === '' || packages[candidate] !== undefined) return candidate;
  }
}

/** What of others is deployed, in one table. */
export function thirdPartyPage(
  functions: readonly ThirdPartyPackage[],
  tool: readonly ThirdPartyPackage[],
  withTool: readonly ThirdPartyPackage[],
): string {
  const places = [
    ['functions', functions],
    ['tool', tool],
    ['with the tool', withTool],
  ] as const;
  const all = new Map(places.flatMap(([, packages]) => packages.map((each) => [each.id, each] as const)));
  const rows = [...all.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, licence }) => {
      const where = places.filter(([, packages]) => packages.some((each) => each.id === id));
      return `| ${id.replace(' ', ' | ')} | ${licence} | ${where.map(([place]) => place).join(', ')} |`;
    });
  return `# Third-party packages

What of others is deployed: bundled into the functions of the service, bundled into the tool, or installed with the tool. \`@aed/core\` has nothing of others.
The licences' texts are in the \`THIRD-PARTY-LICENCES.txt\` of each package, and in the folders of those that are installed. This page is made by
\`npm run build && npx tsx bin/third-party.ts\`, which refuses a licence that is not known to be fit.

| package | version | licence | where |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
