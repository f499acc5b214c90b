import { eventSettings, fieldSettings } from '../settings.ts';
import { both, resources, settings } from './contract.ts';

/** What the recorder function is told. */
export const recorderEnvironment = both(
  resources('eventsTable', 'quarantineBucket'),
  settings({ ...fieldSettings, ...eventSettings }),
);
