/** The part of Fastify, on which fauxqs runs, that is used here. */
interface BodyApp {
  addHook(name: 'preHandler', hook: (request: { body: unknown }) => Promise<void>): void;
}

/** Lets what a server keeps of a request hold no more memory than its own. */
export function keepOwnMemory(app: BodyApp): void {
  app.addHook('preHandler', async (request) => {
    request.body = withOwnMemory(request.body);
  });
}

/**
 * A copy of a body of which each part may be kept alone.
 *
 * Node puts small buffers into one of 8 kB, which each of them keeps whole. A field of a form is a slice of the whole form for V8.
 */
function withOwnMemory(body: unknown): unknown {
  if (Buffer.isBuffer(body)) return Buffer.from(new Uint8Array(body).buffer);
  return typeof body === 'object' && body !== null ? JSON.parse(JSON.stringify(body)) : body;
}
