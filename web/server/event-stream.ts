import type { ServerResponse } from 'node:http';

/** Server-sent events to one reader. */
export interface EventStream {
  /** Whether the reader has not received yet what was sent. */
  readonly busy: boolean;
  /** Sends a message. Does nothing after the end of the stream. */
  send(name: string, data: unknown): void;
  end(): void;
}

const reconnectMs = 1_000;

/**
 * Answers a request with server-sent events.
 *
 * While a slow reader catches up, the stream is busy. The sender must skip messages meanwhile, so that they do not pile up
 * in memory.
 * Source: WHATWG, HTML, "Server-sent events".
 *
 * @param closed - called once, when the reader disconnects or the stream ends
 */
export function eventStream(response: ServerResponse, closed: () => void): EventStream {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  let busy = !response.write(`retry: ${reconnectMs}\n\n`);
  response.on('drain', () => {
    busy = false;
  });
  response.on('close', closed);
  return {
    get busy() {
      return busy;
    },
    send(name, data) {
      if (response.writableEnded) return;
      // JSON escapes line breaks, so the data is one line.
      busy = !response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end() {
      response.end();
    },
  };
}
