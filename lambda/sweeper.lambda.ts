import { sweeperHandler } from './sweeper.ts';
import { telemetry } from './telemetry.ts';

export const handler = sweeperHandler(process.env, telemetry());
