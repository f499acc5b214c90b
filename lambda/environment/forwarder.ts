import { resources } from './contract.ts';

/** The environment variables of the forwarder function. */
export const forwarderEnvironment = resources('eventBus');

/** The source of all events of the service. A rule of a bus goes by it, and the grant of the function does. */
export const eventSource = 'aed';
