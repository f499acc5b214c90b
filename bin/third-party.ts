/**
 * Lists what of others is deployed, in docs/third-party.md, from what was built.
 *
 * Run: npm run build && npx tsx bin/third-party.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { scriptArguments } from '../bench/script-arguments.ts';
import { checkLicences, installedWith, packagesIn, thirdPartyPage } from './build/third-party-page.ts';

scriptArguments(import.meta.url);

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const functions = packagesIn(read('lib/dist/THIRD-PARTY-LICENCES.txt'));
const tool = packagesIn(read('cli/dist/THIRD-PARTY-LICENCES.txt'));
const { dependencies } = JSON.parse(read('cli/package.json'));
const withTool = installedWith(Object.keys(dependencies), JSON.parse(read('package-lock.json')));
checkLicences([...functions, ...tool, ...withTool]);
const page = thirdPartyPage(functions, tool, withTool);
writeFileSync(new URL('../docs/third-party.md', import.meta.url), page);
