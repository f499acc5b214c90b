import { telemetry } from '../telemetry.ts';
import { forwarderHandler } from './forwarder.ts';

export const handler = forwarderHandler(process.env, telemetry());
