import { resources } from './contract.ts';

/** The environment variables of the sweeper function. */
export const sweeperEnvironment = resources('changePointsTable', 'pendingIndex', 'topicArn');
