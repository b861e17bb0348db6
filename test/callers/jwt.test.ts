import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { heidianer } from '../../src/vendors/heidianer/index.ts';
import { type Graph, startGraph } from '../support/graph.ts';

const ISSUER = 'https://login.example.com/';
const AUDIENCE = 'crm-federation';
const keys = await generateKeyPair('ES256');
const otherKeys = await generateKeyPair('ES256');

let jwks: Server;
let graph: Graph;
beforeAll(async () => {
  const published = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] };
  jwks = createServer((_, outgoing) =>
    outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(published)),
  );
  await new Promise<void>((resolve) => jwks.listen(0, '127.0.0.1', resolve));
  const jwksUrl = new URL(`http://127.0.0.1:${(jwks.address() as AddressInfo).port}/jwks.json`);
  graph = await startGraph({
    vendors: [heidianer],
    customers: 3,
    config: { authentication: { mode: 'jwt', issuer: ISSUER, audience: AUDIENCE, jwksUrl, tenantClaim: 'tenant' } },
  });
});
afterAll(async () => {
  await graph.stop();
  jwks.closeAllConnections();
  jwks.close();
});

interface Token {
  readonly claims?: Record<string, unknown>;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string;
  readonly key?: CryptoKey;
}

function sign({
  claims = {},
  issuer = ISSUER,
  audience = AUDIENCE,
  expires = '5m',
  key = keys.privateKey,
}: Token): Promise<string> {
  return new SignJWT({ sub: 'ana', tenant: 'default', scope: 'customers:read unknown:scope', ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);
}

const status = async (token: string): Promise<number> =>
  (
    await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ accounts { id } }' }),
    })
  ).status;

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a token of the issuer lets its subject into its tenant, with the scopes we know', async () => {
  const headers = { authorization: `Bearer ${await sign({})}` };
  const { data, errors } = await graph.ask('{ customers(first: 3) { nodes { fullName vendorData } } }', {}, headers);
  expect(data.customers.nodes).toHaveLength(3);
  expect(errors?.every(({ extensions }) => extensions.code === 'FORBIDDEN')).toBe(true);
  const list = {
    authorization: `Bearer ${await sign({ claims: { scope: undefined, scp: ['customers:read', 'vendor-data:read'] } })}`,
  };
  expect((await graph.ask('{ customers(first: 3) { nodes { vendorData } } }', {}, list)).errors).toBeUndefined();
});

test('a token for another tenant sees none of these accounts', async () => {
  const headers = { authorization: `Bearer ${await sign({ claims: { tenant: 'other' } })}` };
  expect((await graph.ask('{ accounts { id } }', {}, headers)).data).toEqual({ accounts: [] });
});

test.each<[string, () => Promise<string>]>([
  ['expired', () => sign({ expires: '-1m' })],
  ['of another issuer', () => sign({ issuer: 'https://evil.example.com/' })],
  ['for somebody else', () => sign({ audience: 'another-service' })],
  ['signed with another key', () => sign({ key: otherKeys.privateKey })],
  ['without a tenant', () => sign({ claims: { tenant: undefined } })],
  ['with a tenant that is no name', () => sign({ claims: { tenant: '../default' } })],
  ['without a subject', () => sign({ claims: { sub: undefined } })],
  [
    'without a signature',
    async () =>
      `${base64({ alg: 'none' })}.${base64({ sub: 'ana', tenant: 'default', iss: ISSUER, aud: AUDIENCE, exp: 4e9 })}.`,
  ],
  ['that is no token', async () => 'nonsense'],
])('a token %s is refused', async (_name, make) => {
  expect(await status(await make())).toBe(401);
});
