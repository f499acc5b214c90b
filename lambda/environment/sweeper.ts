import { both, resources } from './contract.ts';
import { destinationsEnvironment } from './destinations.ts';

/** The environment variables of the sweeper function. */
export const sweeperEnvironment = both(
  resources('changePointsTable', 'pendingIndex'),
  destinationsEnvironment,
);
