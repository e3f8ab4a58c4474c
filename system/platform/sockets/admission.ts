// Who gets a socket: customers by their session, guests by their visit, and of each so many.
import type { IncomingMessage } from 'node:http';
import type { Log } from '../diagnostics/log.ts';
import { clientOf } from '../http/client-address.ts';
import { familyRoomOf, roomOf } from './rooms.ts';

const MAX_SOCKETS_PER_PERSON = 10;
/** A guest costs nothing to make up, so it is their address that is limited: as many as a school or an office has. */
const MAX_GUEST_SOCKETS_PER_ADDRESS = 50;
/** All guests of this process; the rest is there for customers, whatever guests do. */
const MAX_GUEST_SOCKETS = 20_000;

/** Whose socket it is: a customer's, as long as the token is good, or a guest's. */
export type SocketPerson =
  | { kind: 'customer'; customerId: number; accessToken: string }
  | { kind: 'guest'; visitorId: string };

export type AdmissionDeps = {
  readSession: (accessToken: string) => Promise<{ customerId: number; familyId: string } | null>;
  /** Who a guest is, from the handshake of their socket; null for whoever has begun no visit. */
  readVisitor: (handshake: IncomingMessage) => Promise<string | null>;
  /** The address that a handshake comes from. */
  addressOf: (handshake: IncomingMessage) => string;
  log: Log;
};

type Handshake = { auth: Readonly<Record<string, unknown>>; request: IncomingMessage };

/** A room that the socket is put into, and how many sockets of this process fit into it; null: any number. */
type Room = { name: string; most: number | null };

/** Whose socket it is and the rooms that it belongs in. Rejects with an error whose message says to the client why it is not admitted. */
export function identify(
  { auth, request }: Handshake,
  deps: AdmissionDeps,
): Promise<{ person: SocketPerson; rooms: readonly Room[] }> {
  return auth.guest === true ? identifyGuest(request, deps) : identifyCustomer(auth.accessToken, deps);
}

async function identifyCustomer(accessToken: unknown, { readSession, log }: AdmissionDeps) {
  if (typeof accessToken !== 'string') throw new Error('not-signed-in');
  const session = await readSession(accessToken).catch((error) => unavailable(error, log));
  if (!session) throw new Error('not-signed-in');
  const { customerId, familyId } = session;
  return {
    person: { kind: 'customer', customerId, accessToken } as const,
    rooms: [
      { name: roomOf(customerId), most: MAX_SOCKETS_PER_PERSON },
      { name: familyRoomOf(familyId), most: null },
    ],
  };
}

async function identifyGuest(request: IncomingMessage, { readVisitor, addressOf, log }: AdmissionDeps) {
  const visitorId = await readVisitor(request).catch((error) => unavailable(error, log));
  if (visitorId === null) throw new Error('no-visit');
  return {
    person: { kind: 'guest', visitorId } as const,
    rooms: [
      { name: `guest:${visitorId}`, most: MAX_SOCKETS_PER_PERSON },
      { name: `guests-at:${clientOf(addressOf(request))}`, most: MAX_GUEST_SOCKETS_PER_ADDRESS },
      { name: 'guests', most: MAX_GUEST_SOCKETS },
    ],
  };
}

function unavailable(error: unknown, log: Log): never {
  log.warn({ err: error }, 'a socket could not be checked');
  throw new Error('temporarily-unavailable');
}
