/**
 * Scores every statistic and setting on a folder of annotated series, or writes such a folder with synthetic series.
 *
 * Run: npm run evaluate -s -- DIR [--format tcpd|nab|skab|csv] [--margin 5] [--json] [--report FILE.html]
 */
import { processContext } from '../cli/context.ts';
import { runEvaluate } from './evaluate/run.ts';

process.exitCode = await runEvaluate(process.argv.slice(2), processContext());
