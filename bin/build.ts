/** Builds the packages that other projects install. Run: npm run build, or for one package its folder: npm run build core */
import { chosenBuilds } from './build/chosen-builds.ts';

for (const build of chosenBuilds(process.argv.slice(2))) await build();
