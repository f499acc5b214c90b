import { sweeperHandler } from './notify/sweeper.ts';
import { telemetry } from './telemetry.ts';

export const handler = sweeperHandler(process.env, telemetry());
