/**
 * Lets many series shift together, in the whole pipeline over emulators: as many messages must reach machines, and at most two people.
 *
 * Run: npx tsx test/campaigns/shift-together.ts [series, default 500] [digest seconds, default 60]
 */
import { scriptArguments, whole } from '../../bench/script-arguments.ts';
import { startPipeline } from '../../local/pipeline.ts';
import { shiftTogether } from './digest/shift-together.ts';

const { many, digestSeconds } = scriptArguments(import.meta.url, {
  many: whole(500),
  digestSeconds: whole(60),
});
const pipeline = await startPipeline({ report() {}, digestSeconds });
const { machines, people } = await shiftTogether(pipeline, many);
await pipeline.close();
const series = new Set(machines.map(({ seriesId }) => seriesId)).size;
process.stdout.write(
  `${many} series shifted: ${machines.length} messages to machines, of ${series} series, and ${people.length} to people: ` +
    `${people.map(({ subject }) => subject).join('; ')}\n`,
);
if (series !== many || machines.length !== many || people.length > 2)
  throw new Error(`there must be ${many} messages to machines and at most 2 to people`);
