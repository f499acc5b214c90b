import { resources } from './contract.ts';

/** What a function that publishes change points is told of where they go. */
export const destinationsEnvironment = resources('topicArn');

export type Addresses = ReturnType<typeof destinationsEnvironment.read>;
