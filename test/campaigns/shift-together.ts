/**
 * Lets many series shift together, in the whole pipeline over emulators: as many messages must reach machines, and at most two people.
 *
 * Run: npx tsx test/campaigns/shift-together.ts [series] [digestSeconds]
 */
import { startPipeline } from '../../local/pipeline.ts';
import { shiftTogether } from './digest/shift-together.ts';

const [many = 500, digestSeconds = 60] = process.argv.slice(2).map(Number);
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
