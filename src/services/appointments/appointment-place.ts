import type { Appointment } from '../../models/appointment.js';
import type { ServiceContext } from '../service-context.js';

/** Name of the room it is held in; the code where nobody knows it any more. */
export function roomName({ reference }: Pick<ServiceContext, 'reference'>, code: string): string {
  return reference.rooms.find((room) => room.code === code)?.name ?? code;
}

/** Where the guests come to: the room and the house, the Kanwil with its facility (R-B5), or the meeting (R-B3). */
export function appointmentPlace(
  context: Pick<ServiceContext, 'reference' | 'config'>,
  { kind, kanwil, agreed }: Pick<Appointment, 'kind' | 'kanwil' | 'agreed'>,
): string {
  const room = agreed ? roomName(context, agreed.room) : '';
  if (kind === 'visit')
    return [room, context.config.contact.address].filter((part) => part !== '').join(', ');
  return kind === 'video-network' ? (kanwil ?? room) : room;
}
