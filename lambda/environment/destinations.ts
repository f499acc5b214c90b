import { resources } from './contract.ts';

/** The environment variables that name the destinations of change points. */
export const destinationsEnvironment = resources('topicArn');

export type Addresses = ReturnType<typeof destinationsEnvironment.read>;
