import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of which a bundle holds a part. */
interface ThirdParty {
  /** Name and version. */
  readonly id: string;
  /** SPDX. */
  readonly licence: string;
  /** The licence and what else must go along with a copy, as the package words it. */
  readonly texts: string;
}

const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const licenceFile = /^(licen[cs]e|copying|notice)/i;

/**
 * What must come along with a bundle: who wrote what is in it, and on what terms. A text that several packages share is
 * there once.
 *
 * @param inputs - paths of the files that went into the bundle, as esbuild tells them
 * @throws Error for a package that does not say its licence
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
  const head = 'This package holds parts of the packages below, on these terms.\n';
  return [head, ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}

function read(folder: string): ThirdParty {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`a package must say its licence, got none from ${name}`);
  const texts = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { id: `${name} ${version}`, licence: license, texts: texts.join('\n\n') };
}
