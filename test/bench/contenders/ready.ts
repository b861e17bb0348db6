/** Where the CRMs are, as the bench told this process. */
export function upstreamOrigin(): string {
  const origin = process.env.UPSTREAM;
  if (origin === undefined) throw new Error('UPSTREAM must be the address of the upstream; npm run bench sets it.');
  return origin;
}

/** Tells the bench that this contender listens. */
export const ready = (url: string): void => void process.stdout.write(`ready at ${new URL(url).origin}\n`);
