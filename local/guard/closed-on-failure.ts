/** What a start returns. If it fails, what was open before is closed. @throws what the start throws */
export async function closedOnFailure<Started>(
  close: () => Promise<unknown>,
  start: () => Promise<Started>,
): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    // The first failure tells why, not what follows from it.
    await close().catch(() => {});
    throw error;
  }
}
