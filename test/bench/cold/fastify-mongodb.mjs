import fastify from 'fastify';
import { MongoClient } from 'mongodb';

/** The least a web service with a database starts with. */
const client = await new MongoClient(process.env.MONGODB_URI).connect();
await client.db().command({ ping: 1 });
const server = fastify();
server.get('/healthz', () => ({ status: 'ok' }));
process.stdout.write(`${await server.listen({ port: 0, host: '127.0.0.1' })}/healthz\n`);
