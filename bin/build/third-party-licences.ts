import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that is partly in a bundle. */
interface ThirdParty {
  /** Name and version. */
  readonly id: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** The texts of the package's licence and notice files. */
  readonly texts: string;
}

const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const licenceFile = /^(licen[cs]e|copying|notice)/i;

/**
 * The licence texts that must accompany a bundle, with the packages to which they apply. A text that several packages share is
 * listed once.
 *
 * @param inputs - paths of the bundled files, from esbuild
 * @throws Error for a package that states no licence
 */
export function thirdPartyLicences(root: string, inputs: Iterable<string>): string {
  const folders = [...inputs].map((input) => packageFolder.exec(input.replaceAll('\\', '/'))?.[0] ?? '');
  const packages = [...new Set(folders.filter((folder) => folder !== ''))].map((folder) =>
    read(join(root, folder)),
  );
  const byTerms = new Map<string, ThirdParty[]>();
  for (const each of packages.sort((a, b) => a.id.localeCompare(b.id))) {
    const terms = `${each.licence}\n\n${each.texts}`;
    byTerms.set(terms, [...(byTerms.get(terms) ?? []), each]);
  }
  const sections = [...byTerms].map(
    ([terms, packages]) => `${packages.map(({ id }) => id).join('\n')}\n\nLicence: ${terms.trim()}\n`,
  );
  const head = 'This package contains parts of the packages below, under their licences.\n';
  return [head, ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}

function read(folder: string): ThirdParty {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string')
    throw new Error(`license in package.json of ${name} must be text, got ${JSON.stringify(license)}`);
  const texts = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { id: `${name} ${version}`, licence: license, texts: texts.join('\n\n') };
}
