import type { Socket } from 'node:net';
import { DocumentError } from '../../core/ports/documents.ts';

/** Ends a connection that reached an address which is not allowed, before a byte is sent: the last word (AS-24). */
export function refuseSocket(socket: Socket, isAllowed: (address: string) => boolean): void {
  socket.once('connect', () => {
    const { remoteAddress = '' } = socket;
    if (isAllowed(remoteAddress)) return;
    socket.destroy(new DocumentError('refused', `connected to ${remoteAddress || 'nowhere'}, which is not public`));
  });
}
