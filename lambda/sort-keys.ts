/** The sort key of a change point begins with this, before the key of an event. */
export const changePointPrefix = 'CP#';

/** The sort key of the state of a series. All change points sort before it. */
export const headSortKey = 'HEAD';
