// The rooms that sockets are in, and the channels that they are shared through.

export function familyRoomOf(familyId: string): string {
  return `family:${familyId}`;
}

export function roomOf(customerId: number): string {
  return `customer:${customerId}`;
}

export function channelPrefix(keyPrefix: string): string {
  return `${keyPrefix}socket.io`;
}
