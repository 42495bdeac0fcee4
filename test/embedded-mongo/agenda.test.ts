import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, type Job } from 'agenda';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniqueDatabaseUri } from '../support/database.js';

interface Ticket {
  number: number;
  unit: mongoose.Types.ObjectId;
  notes: { text: string }[];
}

const UNIT_REFERENCE: mongoose.SchemaDefinitionProperty<mongoose.Types.ObjectId> = {
  type: mongoose.Schema.Types.ObjectId,
  ref: 'Unit',
};

const ticketSchema = new mongoose.Schema<Ticket>(
  { number: Number, unit: UNIT_REFERENCE, notes: [{ text: String }] },
  { timestamps: true, optimisticConcurrency: true },
);

describe('agenda and mongoose on the store', () => {
  const uri = uniqueDatabaseUri();
  let client: MongoClient;

  beforeAll(async () => {
    client = await MongoClient.connect(uri);
  });

  afterAll(async () => {
    await client.db().dropDatabase();
    await client.close();
  });

  const makeAgenda = (name: string): Agenda =>
    new Agenda({
      name,
      backend: new MongoBackend({ mongo: client.db(), collection: 'jobs' }),
      processEvery: 20,
      maxConcurrency: 20,
    });

  it('runs each of 200 jobs once although two instances look for them', async () => {
    const runs = new Map<number, number>();
    const instances = [makeAgenda('first'), makeAgenda('second')];
    const done = new Promise<void>((resolve) => {
      for (const agenda of instances) {
        // eslint-disable-next-line @typescript-eslint/require-await -- agenda wants a promise
        agenda.define('count', async (job: Job<{ n: number }>) => {
          runs.set(job.attrs.data.n, (runs.get(job.attrs.data.n) ?? 0) + 1);
          if (runs.size === 200) resolve();
        });
      }
    });
    for (const agenda of instances) await agenda.start();
    await Promise.all(Array.from({ length: 200 }, (_, n) => instances[n % 2]!.now('count', { n })));
    await done;
    for (const agenda of instances) await agenda.stop();
    expect([...runs.values()].every((count) => count === 1)).toBe(true);
    expect(runs.size).toBe(200);
  });

  it('keeps a unique job once', async () => {
    const agenda = makeAgenda('unique');
    agenda.define('reminder', () => Promise.resolve());
    await agenda.start();
    for (let i = 0; i < 5; i += 1) {
      await agenda
        .create('reminder', { ticket: 7 })
        .unique({ 'data.ticket': 7 })
        .schedule(new Date(Date.now() + 3_600_000))
        .save();
    }
    expect(await client.db().collection('jobs').countDocuments({ name: 'reminder' })).toBe(1);
    await agenda.cancel({ name: 'reminder' });
    await agenda.stop();
  });

  it('serves mongoose models with versions, subdocuments and populate', async () => {
    const connection = await mongoose.createConnection(uri).asPromise();
    const unitSchema = new mongoose.Schema<{ name: string }>({ name: String }).index(
      { name: 1 },
      { unique: true },
    );
    const Unit = connection.model('Unit', unitSchema);
    const Ticket = connection.model('Ticket', ticketSchema);
    await Promise.all([Unit.init(), Ticket.init()]);
    const unit = await Unit.create({ name: 'Sekretariat' });
    await expect(Unit.create({ name: 'Sekretariat' })).rejects.toMatchObject({ code: 11000 });
    const ticket = await new Ticket({ number: 1, unit: unit._id, notes: [{ text: 'satu' }] }).save();
    const other = await Ticket.findById(ticket._id).orFail();
    ticket.notes.push({ text: 'dua' });
    await ticket.save();
    other.number = 2;
    await expect(other.save()).rejects.toThrow(/version/i);
    const found = await Ticket.findOne({ 'notes.text': 'dua' })
      .populate<{ unit: { name: string } }>('unit')
      .orFail();
    expect(found.unit.name).toBe('Sekretariat');
    const changed = await Ticket.updateOne(
      { _id: ticket._id, 'notes.text': 'dua' },
      { $set: { 'notes.$.text': 'tiga' } },
    );
    expect(changed).toMatchObject({ modifiedCount: 1 });
    await connection.close();
  });
});
