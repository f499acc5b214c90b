/** A message of a simulated queue. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  /** Epoch milliseconds; before that nobody receives it. */
  readonly visibleAt: number;
}

/** A standard queue in simulated time: what is received stays unseen for a while, and comes again unless it is removed. */
export function simulatedQueue(messages: readonly QueuedMessage[], visibilityMs: number, clock: () => Date) {
  const waiting = new Map(messages.map((message) => [message.messageId, message]));
  const received = new Map<string, number>();
  const hideUntil = (messageId: string, visibleAt: number) => {
    const message = waiting.get(messageId);
    if (message !== undefined) waiting.set(messageId, { ...message, visibleAt });
  };
  return {
    add(message: QueuedMessage): void {
      waiting.set(message.messageId, message);
    },
    /** When the next message can be received; `undefined` if there is none. */
    nextAt(): number | undefined {
      const times = [...waiting.values()].map(({ visibleAt }) => visibleAt);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    receive(most: number): readonly QueuedMessage[] {
      const now = clock().getTime();
      const visible = [...waiting.values()].filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
      for (const { messageId } of visible) {
        hideUntil(messageId, now + visibilityMs);
        received.set(messageId, (received.get(messageId) ?? 0) + 1);
      }
      return visible;
    },
    hide(ids: readonly string[], until: number): void {
      for (const id of ids) hideUntil(id, until);
    },
    remove(ids: readonly string[]): void {
      for (const id of ids) waiting.delete(id);
    },
    mostReceived: () => Math.max(0, ...received.values()),
  };
}
