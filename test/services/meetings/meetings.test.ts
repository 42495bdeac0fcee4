import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import { cancelAppointment } from '../../../src/services/appointments/cancel-appointment.js';
import { setMeeting } from '../../../src/services/appointments/set-meeting.js';
import { createGraphMeetings } from '../../../src/services/meetings/graph-meetings.js';
import { makeMeetings, nextMeeting } from '../../../src/services/meetings/make-meetings.js';
import { MeetingFailure, type MeetingMaker } from '../../../src/services/meetings/meeting-maker.js';
import { USER } from '../../support/appointments.js';
import { AGREED, agreedConference } from '../../support/letters.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

const ACCOUNT = {
  ...{ appId: '11111111-1111-4111-8111-111111111111', password: 'rahasia contoh' },
  ...{ tenantId: '22222222-2222-4222-8222-222222222222', organiser: '33333333-3333-4333-8333-333333333333' },
};
const REQUEST = {
  ...{ subject: 'Konsultasi contoh', key: 'kunci-1' },
  ...{ startsAt: AGREED, endsAt: new Date(AGREED.getTime() + 3_600_000) },
};

/** Microsoft's side on this machine: signs in, and keeps one meeting for each external id. */
class FakeGraph {
  readonly meetings = new Map<string, Record<string, string>>();
  calls = 0;
  /** What the next calls answer instead. */
  answer: { status: number; body: string } | undefined;
  /** Makes the meeting, and hangs up before answering. */
  hangsUp = false;
  readonly #server: Server = createServer((request, response) => {
    void this.#take(request).then(({ status, body }) => {
      if (this.hangsUp) response.destroy();
      else response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });

  async start(): Promise<MeetingMaker> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const root = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return createGraphMeetings(ACCOUNT, { login: root, graph: `${root}/v1.0` });
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #take(request: IncomingMessage): Promise<{ status: number; body: string }> {
    const body = await text(request);
    if (this.answer) return this.answer;
    if (request.url === `/${ACCOUNT.tenantId}/oauth2/v2.0/token`) {
      const form = new URLSearchParams(body);
      const known = form.get('client_id') === ACCOUNT.appId && form.get('client_secret') === ACCOUNT.password;
      return known && form.get('scope') === 'https://graph.microsoft.com/.default'
        ? { status: 200, body: JSON.stringify({ access_token: 'tanda-contoh', expires_in: 3599 }) }
        : { status: 401, body: '{}' };
    }
    this.calls += 1;
    const isMeeting = request.url === `/v1.0/users/${ACCOUNT.organiser}/onlineMeetings/createOrGet`;
    if (!isMeeting || request.headers.authorization !== 'Bearer tanda-contoh')
      return { status: 403, body: '{}' };
    const asked = JSON.parse(body) as Record<string, string>;
    const key = asked.externalId ?? '';
    const known = this.meetings.get(key);
    const number = this.meetings.size + 1;
    const meeting = known ?? { ...asked, joinWebUrl: `https://teams.example/rapat-${number}` };
    this.meetings.set(key, meeting);
    return { status: known ? 200 : 201, body: JSON.stringify(meeting) };
  }
}

let graph: FakeGraph;
let maker: MeetingMaker;
beforeEach(async () => {
  graph = new FakeGraph();
  maker = await graph.start();
});
afterEach(() => graph.stop());

const failure = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'made',
    (error: unknown) => (error instanceof MeetingFailure ? `${error.code} ${error.status}` : error),
  );

describe('a Teams meeting by Microsoft Graph', () => {
  it('has subject and times, and the same key is the same meeting', async () => {
    const first = await maker.create(REQUEST);
    expect(await maker.create(REQUEST)).toEqual(first);
    expect([...graph.meetings.values()]).toEqual([
      {
        ...{ externalId: 'kunci-1', subject: 'Konsultasi contoh', joinWebUrl: first.joinUrl },
        ...{ startDateTime: '2026-03-12T02:00:00.000Z', endDateTime: '2026-03-12T03:00:00.000Z' },
      },
    ]);
  });

  it.each([
    [{ status: 403, body: '{}' }, 'refused 403'],
    [{ status: 401, body: '{}' }, 'refused 401'],
    [{ status: 429, body: '{}' }, 'unreachable 429'],
    [{ status: 503, body: 'sibuk' }, 'unreachable 503'],
    [{ status: 200, body: 'bukan JSON' }, 'unusable 200'],
    [{ status: 200, body: '{"access_token":"x","joinWebUrl":"javascript:alert(1)"}' }, 'unusable 200'],
  ])('answered %j is %s', async (answer, expected) => {
    graph.answer = answer;
    expect(await failure(maker.create(REQUEST))).toBe(expected);
  });

  it('of a service that is gone is unreachable', async () => {
    await graph.stop();
    expect(await failure(maker.create(REQUEST))).toBe('unreachable 0');
    await graph.start();
  });
});

describe('agreed conferences by application (R-B3)', () => {
  let test: TestServices;
  beforeAll(async () => {
    test = await createTestServices();
  });
  afterAll(() => test.close());
  afterEach(() => test.services.models.appointments.deleteMany({}));

  const make = (now = MONDAY_MORNING): Promise<void> => makeMeetings(test.services, maker, now);
  const again = async ({ _id }: Appointment): Promise<Appointment> =>
    (await test.services.models.appointments.findById(_id).lean())!;

  it('get one meeting, once, and its link is a step of the product that is told', async () => {
    const appointment = await agreedConference(test.services);
    await Promise.all([make(), make()]);
    await make();
    const after = await again(appointment);
    expect(after.meetingUrl).toBe('https://teams.example/rapat-1');
    expect(after.thread.filter(({ step, by }) => step === 'meeting' && by === 'product')).toHaveLength(1);
    expect(after.unsettled).toBe(true);
    expect(graph.meetings.size).toBe(1);
    expect([...graph.meetings.values()][0]!.subject).toBe(
      `Konsultasi DJPK dengan BPKAD Kabupaten Gowa (${appointment.ticketNumber})`,
    );
  });

  it('whose answer was lost get the same meeting on the next try', async () => {
    const appointment = await agreedConference(test.services);
    graph.hangsUp = true;
    await make();
    expect(await again(appointment)).toMatchObject({ meetingUrl: null, meetingFailure: 'unreachable' });
    graph.hangsUp = false;
    await make();
    expect((await again(appointment)).meetingUrl).toBeNull();
    const due = (await nextMeeting(test.services, MONDAY_MORNING))!;
    expect(due.getTime()).toBeGreaterThan(MONDAY_MORNING.getTime());
    await make(due);
    expect(await again(appointment)).toMatchObject({
      meetingUrl: 'https://teams.example/rapat-1',
      meetingFailure: null,
    });
    expect(await nextMeeting(test.services, due)).toBeUndefined();
  });

  it('keep the link that somebody entered, and need none when they fall through or go over the network', async () => {
    const actor = await addStaff(test.services, 'rani', 'agent');
    const [entered, cancelled, network] = [
      await agreedConference(test.services),
      await agreedConference(test.services),
      await agreedConference(test.services, 'video-network'),
    ];
    await setMeeting(test.services, {
      id: entered._id,
      url: 'https://rapat.example/x',
      actor,
      now: MONDAY_MORNING,
    });
    await cancelAppointment(test.services, {
      id: cancelled._id,
      by: USER,
      key: 'batal',
      now: MONDAY_MORNING,
    });
    await make();
    expect((await again(entered)).meetingUrl).toBe('https://rapat.example/x');
    expect((await again(cancelled)).meetingUrl).toBeNull();
    expect((await again(network)).meetingUrl).toBeNull();
    expect(graph.calls).toBe(0);
  });
});
