import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Collection,
  type Document,
  Long,
  MaxKey,
  MinKey,
  MongoClient,
  type MongoServerError,
} from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/embedded-mongo/index.js';

/** Differences that the fuzz found. What the store does is what the real engine was seen to do; the rest is refused. */
describe('the query language', () => {
  let folder: string;
  let server: EmbeddedServer;
  let client: MongoClient;
  let collection: Collection;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dering-language-'));
    server = await startEmbeddedServer({ folder });
    client = await MongoClient.connect(server.uri);
    collection = client.db().collection('language');
  });
  beforeEach(async () => {
    await collection.drop();
  });
  afterAll(async () => {
    await client.close();
    await server.close();
    await rm(folder, { recursive: true });
  });

  const given = async (...documents: Document[]): Promise<void> => {
    await collection.insertMany(documents.map((document, i) => ({ _id: i + 1, ...document })) as Document[]);
  };
  const aggregate = (...stages: Document[]): Promise<Document[]> => collection.aggregate(stages).toArray();
  const value = async (expression: unknown): Promise<unknown> => {
    const [first] = await aggregate({ $limit: 1 }, { $project: { _id: 0, r: expression } });
    return first?.r;
  };
  /** The driver's types know no such field. */
  const pushing = (modifiers: Document): Document => ({ $push: { list: modifiers } });
  /** Code of an error, or 'refused'. */
  const failure = async (run: Promise<unknown>): Promise<unknown> =>
    run.then(
      () => 'no error',
      (error: unknown) =>
        (error as Error).message.includes('set MONGODB_URI') ? 'refused' : (error as MongoServerError).code,
    );

  it('rounds doubles by their exact value', async () => {
    await given({});
    expect(await value({ $round: [2.675, 2] })).toBe(2.67);
    expect(await value({ $round: [1.115, 2] })).toBe(1.11);
    expect(await value({ $trunc: [0.29, 2] })).toBe(0.28);
    expect(await value({ $trunc: [2.3, 1] })).toBe(2.2);
    expect(await value({ $trunc: [4503599627370498.5, -2] })).toBe(4503599627370400);
    expect(await value({ $round: [-0.4, 0] })).toBe(-0);
  });

  it('compares arrays as they are when it sorts array elements by a pattern', async () => {
    await given({ list: [1, { b: [] }] });
    expect(await value({ $sortArray: { input: '$list', sortBy: { b: -1 } } })).toEqual([{ b: [] }, 1]);
    await collection.updateOne({}, pushing({ $each: [{ b: 'x' }], $sort: { b: -1 } }));
    expect((await collection.findOne({}))?.list).toEqual([{ b: [] }, { b: 'x' }, 1]);
  });

  it('calculates nothing before it is needed in pipelines of updates', async () => {
    await given({ n: 5, zero: 0, list: [] });
    const bad = { $add: ['text', 1] };
    const set = (id: number, a: unknown): Promise<unknown> =>
      collection.updateOne({ _id: id as never }, [{ $set: { a } }]).then(({ matchedCount }) => matchedCount);
    expect(await set(9, bad)).toBe(0);
    expect(await set(9, { $divide: [1, 0] })).toBe(0);
    expect(await failure(set(1, bad))).toBe(14);
    expect(await failure(set(1, { $let: { vars: { unused: bad }, in: 1 } }))).toBe(14);
    expect(await failure(set(1, { $or: [{ $add: ['$list', 1] }, true] }))).toBe(14);
    const calculated: [unknown, unknown][] = [
      [{ $cond: ['$n', 1, bad] }, 1],
      [{ $ifNull: ['$n', bad] }, 5],
      [{ $and: ['$zero', bad] }, false],
      [{ $map: { input: '$list', in: bad } }, []],
      [{ $multiply: [0, '$none', bad] }, null],
    ];
    for (const [expression, expected] of calculated) {
      expect(await set(1, expression)).toBe(1);
      expect((await collection.findOne({}))?.a).toEqual(expected);
    }
  });

  it('refuses what depends on places of fields that it does not keep', async () => {
    await given({ a: 1, b: 2 });
    const project = { $project: { a: 1, b: 1 } };
    expect(await failure(aggregate({ $set: { a: 5 } }, project))).toBe('refused');
    expect(await aggregate({ $set: { a: { $add: ['$a', 1] } } }, project)).toEqual([{ _id: 1, a: 2, b: 2 }]);
    expect(await aggregate({ $set: { c: 5 } }, { $project: { b: 1, c: 1 } })).toEqual([
      { _id: 1, b: 2, c: 5 },
    ]);
    expect(await failure(aggregate({ $set: { a: '$none' } }, { $set: { a: 3 } }))).toBe('refused');
    expect(await failure(aggregate({ $unset: 'a' }, { $set: { a: 3 } }))).toBe('refused');
    expect(
      await failure(collection.updateOne({}, [{ $set: { a: '$$REMOVE', c: 1 } }, { $set: { a: 3 } }])),
    ).toBe('refused');
  });

  it('refuses to set what was calculated and came out as nothing, whose place it does not keep', async () => {
    await given({ a: 1 });
    const none = { x: '$none', y: '$a' };
    const set = (path: string): Document => ({ $set: { [path]: 3 } });
    expect(await failure(aggregate({ $project: none }, set('x')))).toBe('refused');
    expect(await failure(aggregate({ $project: { d: none } }, set('d.x')))).toBe('refused');
    expect(await failure(aggregate({ $project: { d: [none] } }, set('d.x')))).toBe('refused');
    expect(await failure(aggregate({ $project: { _id: '$none', y: '$a' } }, set('_id')))).toBe('refused');
    expect(await failure(aggregate({ $project: { ...none, _id: '$a' } }, set('x')))).toBe('refused');
    expect(await failure(aggregate({ $replaceWith: none }, set('x')))).toBe('refused');
    expect(await failure(aggregate({ $group: { _id: none } }, set('_id.x')))).toBe('refused');
    expect(
      await failure(aggregate({ $project: none }, { $unwind: { path: '$y', includeArrayIndex: 'x' } })),
    ).toBe('refused');
    const again = await aggregate({ $project: none }, { $project: { x: 1, y: 1 } }, set('x'));
    expect(JSON.stringify(again)).toBe('[{"_id":1,"y":1,"x":3}]');
  });

  it('allows no expression in the filter of an upsert, whether or not a document matches', async () => {
    await given({ a: 1 });
    const update = { $set: { b: 1 } };
    expect(await failure(collection.updateOne({ $expr: { $eq: ['$a', 1] } }, update, { upsert: true }))).toBe(
      224,
    );
    expect(await failure(collection.updateMany({ $or: [{ $expr: false }] }, update, { upsert: true }))).toBe(
      224,
    );
  });

  it('infers nothing from a filter that can never hold: refused', async () => {
    await given({});
    expect(
      await failure(collection.updateOne({ a: 1, b: { $in: [] } }, { $set: { c: 1 } }, { upsert: true })),
    ).toBe('refused');
  });

  it('needs boundaries of one type for $bucket', async () => {
    expect(await failure(aggregate({ $bucket: { groupBy: '$a', boundaries: [0, 10, 'x'] } }))).toBe(40193);
  });

  it('knows the position of $ only where one condition can tell it', async () => {
    await given({ c: [{ a: 1 }, { a: 2 }], d: [7, 8, 9], b: 5 });
    const at = (filter: Document): Promise<unknown> =>
      failure(collection.updateOne(filter, { $set: { 'd.$': 'x' } }));
    expect(await at({ d: 9, 'c.a': 2 })).toBe('refused');
    expect(await at({ $or: [{ 'c.a': 2 }, { b: 5 }] })).toBe('refused');
    expect(await at({ b: 5 })).toBe(2);
    expect(await at({ 'c.a': 2, b: 5 })).toBe('no error');
    expect((await collection.findOne({}))?.d).toEqual([7, 'x', 9]);
    expect(await failure(collection.find({ $expr: true }, { projection: { 'd.$': 1 } }).toArray())).toBe(224);
  });

  it('counts a $push as a change although it leaves the array as it was', async () => {
    await given({ list: [1, 1] });
    const counted = async (modifiers: Document): Promise<number> =>
      (await collection.updateOne({}, pushing(modifiers))).modifiedCount;
    expect(await counted({ $each: [1], $slice: -2 })).toBe(1);
    expect(await counted({ $each: [], $sort: 1 })).toBe(1);
    expect(await counted({ $each: [], $slice: -5 })).toBe(0);
    expect(await counted({ $each: [], $slice: 0 })).toBe(1);
    expect(await counted({ $each: [1], $slice: 0 })).toBe(1);
    expect(await counted({ $each: [], $sort: 1 })).toBe(0);
    expect((await collection.findOne({}))?.list).toEqual([]);
  });

  it('counts a calculation with NaN and an $unset of an element that is null as changes', async () => {
    await given({ nan: NaN, list: [null, 1] });
    const counted = async (update: Document): Promise<number> =>
      (await collection.updateOne({}, update)).modifiedCount;
    expect(await counted({ $inc: { nan: 1 } })).toBe(1);
    expect(await counted({ $mul: { nan: 0 } })).toBe(1);
    expect(await counted({ $max: { nan: NaN } })).toBe(0);
    expect(await counted({ $unset: { 'list.0': 1 } })).toBe(1);
    expect(await counted({ $unset: { 'list.5': 1 } })).toBe(0);
    expect(await collection.findOne({})).toEqual({ _id: 1, nan: NaN, list: [null, 1] });
  });

  it('leaves -0 as it is when a calculation gives 0', async () => {
    await given({ a: -0 });
    expect((await collection.updateOne({}, { $mul: { a: -5 } })).modifiedCount).toBe(0);
    expect((await collection.findOne({}))?.a).toBe(-0);
  });

  it('finds a conflict when two array filters choose one element', async () => {
    await given({ a: [{ v: 1 }, { v: 2 }] });
    const change = (low: number, high: number): Promise<unknown> =>
      failure(
        collection.updateOne(
          {},
          { $set: { 'a.$[x].w': 'low', 'a.$[y].w': 'high' } },
          { arrayFilters: [{ 'x.v': low }, { 'y.v': { $gte: high } }] },
        ),
      );
    expect(await change(1, 1)).toBe(40);
    expect(await change(1, 2)).toBe('no error');
    expect((await collection.findOne({}))?.a).toEqual([
      { v: 1, w: 'low' },
      { v: 2, w: 'high' },
    ]);
  });

  it('refuses to index parallel arrays also where a sparse index leaves the document out', async () => {
    await given({ c: [], a: [] });
    expect(await failure(collection.createIndex({ 'c.a': 1, 'a.b': 1 }, { sparse: true }, {}))).toBe(171);
  });

  it('refuses a sort by a path that the projection narrows in mixed arrays', async () => {
    await given({ c: [{ a: 1 }, { a: 2 }] });
    const find = (): Promise<unknown> =>
      failure(collection.find({}, { sort: { 'c.a': 1 }, projection: { 'c.a': 1 } }).toArray());
    expect(await find()).toBe('no error');
    await collection.insertOne({ c: [5, { a: 1 }] });
    expect(await find()).toBe('refused');
  });

  it('takes $slice in a projection of find for an expression when its first argument is one', async () => {
    await given({ list: [1, 2, 3] });
    const found = await collection.findOne({}, { projection: { r: { $slice: ['$list', -1] } } });
    expect(found).toEqual({ _id: 1, r: [3] });
    expect(await collection.findOne({}, { projection: { list: { $slice: -1 } } })).toEqual({
      _id: 1,
      list: [3],
    });
  });

  it('refuses parts that always fail, with their code, and parts that MongoDB may skip', async () => {
    await given({ b: 0 }, { a: 5, b: 1 });
    const divided = { $divide: [1, '$b'] };
    expect(await failure(aggregate({ $set: { r: { $cond: ['$a', 1, { $divide: [1, 0] }] } } }))).toBe(
      'refused',
    );
    expect(await failure(aggregate({ $set: { r: { $objectToArray: { $ifNull: [1, '$a'] } } } }))).toBe(
      'refused',
    );
    expect(await failure(aggregate({ $set: { r: divided } }, { $match: { a: 5 } }))).toBe('refused');
    expect(await failure(aggregate({ $set: { r: divided } }))).toBe(2);
    expect(await collection.countDocuments({ $expr: divided, a: 5 })).toBe(1);
    expect(await collection.countDocuments({ $or: [{ $expr: divided }, { b: 0 }] })).toBe(2);
  });

  it('calculates late what the server does, though it is made of constants', async () => {
    await given({ a: 1 });
    const failing = { $objectToArray: '$a' };
    const late = [
      { $regexMatch: { input: 'x', regex: 'x' } },
      { $filter: { input: [1], cond: true } },
      { $map: { input: [1], in: 2 } },
      { $reduce: { input: [1], initialValue: 0, in: 1 } },
      { $sortArray: { input: [2, 1], sortBy: 1 } },
      { $replaceOne: { input: 'a', find: 'a', replacement: 'b' } },
      { $replaceAll: { input: 'a', find: 'a', replacement: 'b' } },
    ];
    for (const part of late) expect(await failure(value({ $or: [failing, part] }))).toBe(40390);
    expect(await value({ $or: [failing, '$$NOW'] })).toBe(true);
    expect(await value({ $or: [failing, { $not: ['$$REMOVE'] }] })).toBe(true);
    expect(await value({ $or: ['$a', { $regexMatch: { input: 5, regex: 'x' } }] })).toBe(true);
    expect(await failure(value({ $regexMatch: { input: 5, regex: 'x' } }))).toBe(51104);
    expect(await failure(value({ $or: ['$a', { $regexMatch: { input: '$a', regex: 5 } }] }))).toBe('refused');
    expect(await failure(value({ $or: ['$a', { $regexMatch: { input: '$a', regex: '(' } }] }))).toBe(
      'refused',
    );
  });

  it('refuses a projection of findAndModify that could fail after the change', async () => {
    await given({ a: 1 });
    const change = collection.findOneAndUpdate(
      {},
      { $set: { a: 2 } },
      { projection: { r: { $objectToArray: '$a' } } },
    );
    expect(await failure(change)).toBe('refused');
    expect((await collection.findOne({}))?.a).toBe(1);
  });

  it('checks the arguments of expressions in the order of the server', async () => {
    await given({ n: null, s: 'x', i: 1, d: new Date(0) });
    const code = (expression: unknown): Promise<unknown> => failure(value(expression));
    expect(await code({ $dateToString: { date: '$n', timezone: '$i' } })).toBe(40517);
    expect(await code({ $dateToString: { date: '$n', format: '$i' } })).toBe(18533);
    expect(await code({ $year: { date: '$s', timezone: '$n' } })).toBe(16006);
    expect(await code({ $dateFromParts: { year: '$s', month: '$n' } })).toBe(40515);
    expect(await code({ $round: ['$s', '$n'] })).toBe(51081);
    expect(await code({ $regexMatch: { input: '$i', regex: '$n' } })).toBe(51104);
    expect(await code({ $dateDiff: { startDate: '$d', endDate: '$s', unit: 'day' } })).toBe(5166307);
    expect(await code({ $dateAdd: { startDate: '$s', unit: 'day', amount: 1 } })).toBe(5166403);
    expect(await code({ $replaceOne: { input: '$s', find: '$i', replacement: 'y' } })).toBe(10503903);
    expect(await code({ $toLower: 1.5 })).toBe('refused');
  });

  it('does not evaluate what $indexOfCP looks for where there is no text', async () => {
    await given({ n: null, i: 1, s: 'abc' });
    const failing = { $objectToArray: '$i' };
    const code = (expression: unknown): Promise<unknown> => failure(value(expression));
    expect(await value({ $indexOfCP: ['$n', failing] })).toBe(null);
    expect(await value({ $indexOfCP: ['$none', 'x', failing] })).toBe(null);
    expect(await value({ $indexOfCP: ['$s', 'c'] })).toBe(2);
    expect(await code({ $indexOfCP: ['$i', failing] })).toBe(40093);
    expect(await code({ $indexOfCP: ['$s', failing] })).toBe(40390);
    expect(await code({ $indexOfCP: ['$s', '$n'] })).toBe(40094);
    expect(await code({ $indexOfCP: ['$s'] })).toBe(28667);
  });

  it('writes doubles with an exponent from 1e16 on', async () => {
    await given({ low: 9999999999999998, high: 1e16 });
    expect(await value({ $toString: '$low' })).toBe('9999999999999998');
    expect(await value({ $toString: '$high' })).toBe('1e+16');
  });

  it('looks at constants last in $min, $max and $sum, as the server does', async () => {
    await given({ one: 1 });
    const type = (operands: unknown[]): Promise<unknown> => value({ $type: { $min: operands } });
    expect(await type([Long.fromNumber(1), '$one', 10])).toBe('int');
    expect(await type([Long.fromNumber(1), '$one'])).toBe('int');
  });

  it('matches no line after a trailing newline', async () => {
    await given({ s: 'a\n' }, { s: 'a\n\nb' }, { s: 'ac' });
    expect(await collection.countDocuments({ s: { $regex: '^$', $options: 'm' } })).toBe(1);
    expect(await failure(collection.countDocuments({ s: { $regex: '(?<=a)c' } }))).toBe('refused');
    expect(await failure(collection.countDocuments({ s: { $regex: '(a)?\\1c' } }))).toBe('refused');
    expect(await failure(collection.countDocuments({ s: { $regex: '\\v' } }))).toBe('refused');
  });

  it('refuses ranges from MinKey or to MaxKey where MongoDB may read a sparse or partial index', async () => {
    await given({ a: 1 }, { b: 1 });
    const found = (filter: Document): Promise<unknown> => failure(collection.find(filter).toArray());
    expect(await collection.countDocuments({ a: { $gt: new MinKey() } })).toBe(2);
    await collection.createIndex({ a: 1 }, { sparse: true }, {});
    expect(await found({ a: { $gt: new MinKey() } })).toBe('refused');
    expect(await found({ b: 1, $or: [{ a: { $lte: new MaxKey() } }, { a: 2 }] })).toBe('refused');
    expect(await found({ a: { $lt: new MinKey() } })).toBe('no error');
    await collection.dropIndex('a_1');
    await collection.createIndex({ b: 1 }, { partialFilterExpression: { a: { $exists: true } } }, {});
    expect(await found({ a: { $gte: new MinKey() }, b: 1 })).toBe('refused');
    const later = aggregate({ $limit: 5 }, { $match: { a: { $lt: new MaxKey() } } });
    expect(await failure(later)).toBe('refused');
  });

  it('refuses what scalars beside documents decide in an array that earlier stages may have narrowed', async () => {
    await given({ c: [1, { a: 2 }] }, { c: [1] }, { c: [{ a: 2 }] });
    const empty = { $match: { 'c.a': null } };
    const counted = { $count: 'n' };
    expect(await aggregate(empty, counted)).toEqual([{ n: 2 }]);
    expect(await failure(aggregate({ $limit: 9 }, empty, counted))).toBe('refused');
    expect(await failure(aggregate({ $facet: { y: [empty, counted] } }))).toBe('refused');
    expect(await failure(aggregate({ $limit: 9 }, { $match: { 'c.a': { $ne: null } } }))).toBe('refused');
    expect(await failure(aggregate({ $limit: 9 }, { $sort: { 'c.a': 1 } }, counted))).toBe('refused');
    expect(await aggregate({ $limit: 9 }, { $match: { 'c.a': 2 } }, counted)).toEqual([{ n: 2 }]);
    const plain = { $match: { _id: { $gt: 1 } } };
    expect(await aggregate(plain, { $limit: 9 }, empty, counted)).toEqual([{ n: 1 }]);
  });

  it('takes the variables of let for constants', async () => {
    await given({ a: 5, z: 'u' });
    const failing = { $cond: ['$a', 1, { $toInt: '$$x' }] };
    const run = (...stages: Document[]): Promise<unknown> =>
      failure(collection.aggregate(stages, { let: { x: 'q' } }).toArray());
    expect(await run({ $project: { r: failing } })).toBe('refused');
    expect(await run({ $match: { none: 1 } }, { $project: { r: failing } })).toBe('refused');
    expect(await run({ $project: { r: { $concat: ['$z', '$$x'] } } })).toBe('no error');
    const joined = (pipeline: Document[]): Promise<unknown> =>
      failure(aggregate({ $lookup: { from: 'language', let: { x: '$z' }, pipeline, as: 'l' } }));
    expect(await joined([{ $match: { none: 1 } }, { $set: { y: failing } }])).toBe('refused');
    expect(await joined([{ $set: { y: { $strLenCP: '$$x' } } }])).toBe('no error');
  });
});
