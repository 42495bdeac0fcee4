import { type Document, Int32 } from 'mongodb';
import type { Chance } from './chance.js';
import { filter, sort } from './filters.js';
import { dateValue, scalar, simpleNumber, value, WORDS } from './values.js';

const FIELDS = ['$a', '$b', '$c', '$d', '$a.b', '$a.c', '$b.a', '$_id', '$missing'];
const ZONES = [
  'UTC',
  'Asia/Jakarta',
  'Asia/Makassar',
  'Asia/Jayapura',
  'America/New_York',
  '+07:00',
  '-03:30',
];
const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'];
const FORMATS = ['%Y-%m-%d', '%Y-%m-%dT%H:%M:%S.%L%z', '%G-W%V-%u', '%j %U %w', '%d/%m/%Y %H:%M', '%b %B %%'];

type Make = (chance: Chance, depth: number) => unknown;

const any: Make = (chance, depth) => expression(chance, depth - 1);
const number: Make = (chance, depth) =>
  depth > 1 && chance.happens(0.3)
    ? numeric(chance, depth - 1)
    : chance.happens(0.2)
      ? chance.one(FIELDS)
      : simpleNumber(chance);
const text: Make = (chance, depth) =>
  depth > 1 && chance.happens(0.2)
    ? textual(chance, depth - 1)
    : chance.happens(0.2)
      ? chance.one(FIELDS)
      : { $literal: chance.one(WORDS) };
const date: Make = (chance) => (chance.happens(0.15) ? chance.one(FIELDS) : dateValue(chance));
const list: Make = (chance, depth) =>
  chance.happens(0.3) ? chance.one(FIELDS) : chance.list(3, () => expression(chance, depth - 1));
const small = (chance: Chance): Int32 => new Int32(chance.below(6) - 2);
const zone = (chance: Chance): Document =>
  chance.happens(0.6) ? { timezone: chance.happens(0.05) ? chance.one(FIELDS) : chance.one(ZONES) } : {};

function numeric(chance: Chance, depth: number): unknown {
  return chance.one<() => unknown>([
    () => ({
      [chance.one(['$add', '$multiply', '$sum', '$avg', '$min', '$max'])]: chance.list(
        3,
        () => number(chance, depth),
        1,
      ),
    }),
    () => ({
      [chance.one(['$subtract', '$divide', '$mod', '$cmp'])]: [number(chance, depth), number(chance, depth)],
    }),
    () => ({
      [chance.one(['$abs', '$ceil', '$floor', '$toInt', '$toLong', '$toDouble'])]: number(chance, depth),
    }),
    () => ({ [chance.one(['$round', '$trunc'])]: [number(chance, depth), small(chance)] }),
    () => ({ $size: list(chance, depth) }),
    () => ({ $strLenCP: text(chance, depth) }),
    () => ({ $indexOfCP: [text(chance, depth), text(chance, depth)] }),
    () => ({
      $dateDiff: {
        startDate: date(chance, depth),
        endDate: date(chance, depth),
        unit: chance.one(UNITS),
        ...zone(chance),
      },
    }),
    () => ({
      [chance.one([
        '$year',
        '$month',
        '$dayOfMonth',
        '$hour',
        '$minute',
        '$dayOfWeek',
        '$isoWeek',
        '$isoWeekYear',
        '$isoDayOfWeek',
        '$week',
        '$dayOfYear',
      ])]: { date: date(chance, depth), ...zone(chance) },
    }),
  ])();
}

function textual(chance: Chance, depth: number): unknown {
  return chance.one<() => unknown>([
    () => ({ $concat: chance.list(3, () => text(chance, depth), 1) }),
    () => ({
      [chance.one(['$toUpper', '$toLower', '$toString'])]: chance.happens(0.7)
        ? text(chance, depth)
        : any(chance, depth),
    }),
    () => ({ $substrCP: [text(chance, depth), new Int32(chance.below(3)), new Int32(chance.below(3))] }),
    () => ({
      [chance.one(['$trim', '$ltrim', '$rtrim'])]: {
        input: text(chance, depth),
        ...(chance.happens(0.4) ? { chars: 'ab ' } : {}),
      },
    }),
    () => ({
      [chance.one(['$replaceOne', '$replaceAll'])]: {
        input: text(chance, depth),
        find: text(chance, depth),
        replacement: { $literal: 'x' },
      },
    }),
    () => ({
      $dateToString: {
        date: date(chance, depth),
        ...(chance.happens(0.8) ? { format: chance.one(FORMATS) } : {}),
        ...zone(chance),
      },
    }),
    () => ({ $type: any(chance, depth) }),
    () => ({
      $regexMatch: {
        input: text(chance, depth),
        regex: chance.one(['a', '(a)(b)?', '[bc]', '^$']),
        ...(chance.happens(0.3) ? { options: 'i' } : {}),
      },
    }),
  ])();
}

function listing(chance: Chance, depth: number): unknown {
  return chance.one<() => unknown>([
    () => ({ $concatArrays: [list(chance, depth), list(chance, depth)] }),
    () => ({
      $slice: [list(chance, depth), small(chance), ...(chance.happens(0.4) ? [small(chance)] : [])],
    }),
    () => ({
      [chance.one(['$reverseArray', '$first', '$last', '$isArray'])]: [list(chance, depth)].flatMap((item) =>
        Array.isArray(item) ? [{ $literal: item.map(() => scalar(chance)) }] : [item],
      ),
    }),
    () => ({ $arrayElemAt: [list(chance, depth), small(chance)] }),
    () => ({ $in: [any(chance, depth), list(chance, depth)] }),
    () => ({
      $filter: {
        input: list(chance, depth),
        cond: { [chance.one(['$gt', '$lt', '$eq', '$ne'])]: ['$$this', scalarLiteral(chance)] },
      },
    }),
    () => ({
      $map: {
        input: list(chance, depth),
        as: 'x',
        in: chance.one<unknown>(['$$x', '$$x.b', { $type: '$$x' }, { v: '$$x' }, ['$$x', 1]]),
      },
    }),
    () => ({
      $reduce: {
        input: list(chance, depth),
        initialValue: chance.one<unknown>([0, '', []]),
        in: chance.one<unknown>([
          { $concatArrays: ['$$value', ['$$this']] },
          { $add: ['$$value', '$$this'] },
          '$$this',
        ]),
      },
    }),
    () => ({
      $sortArray: {
        input: list(chance, depth),
        sortBy: chance.one<unknown>([1, -1, { a: 1 }, { b: -1, a: 1 }]),
      },
    }),
    () => ({ $range: [small(chance), small(chance), new Int32(chance.one([1, 2, -1]))] }),
    () => ({ $split: [text(chance, depth), { $literal: chance.one(['a', ' ', 'b']) }] }),
    () => ({ $objectToArray: any(chance, depth) }),
    () => ({
      $arrayToObject: chance.happens(0.5)
        ? [[{ k: text(chance, depth), v: any(chance, depth) }]]
        : { $objectToArray: any(chance, depth) },
    }),
  ])();
}

const scalarLiteral: (chance: Chance) => unknown = (chance) => ({ $literal: scalar(chance) });

function logical(chance: Chance, depth: number): unknown {
  return chance.one<() => unknown>([
    () => ({
      [chance.one(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$cmp'])]: [
        any(chance, depth),
        any(chance, depth),
      ],
    }),
    () => ({ [chance.one(['$and', '$or'])]: chance.list(3, () => any(chance, depth)) }),
    () => ({ $not: [any(chance, depth)] }),
    () => ({ $cond: [any(chance, depth), any(chance, depth), any(chance, depth)] }),
    () => ({ $ifNull: chance.list(3, () => any(chance, depth), 2) }),
    () => ({
      $switch: {
        branches: chance.list(2, () => ({ case: any(chance, depth), then: any(chance, depth) }), 1),
        default: any(chance, depth),
      },
    }),
    () => ({
      $let: {
        vars: { x: any(chance, depth) },
        in: chance.one<unknown>(['$$x', { v: '$$x' }, { $type: '$$x' }]),
      },
    }),
    () => ({ $mergeObjects: [chance.one(FIELDS), { z: any(chance, depth) }] }),
    () => ({ $toBool: any(chance, depth) }),
    () => ({ $isNumber: any(chance, depth) }),
    () => ({ [chance.one(['$toObjectId', '$toDate', '$toInt'])]: any(chance, depth) }),
  ])();
}

function dated(chance: Chance, depth: number): unknown {
  return chance.one<() => unknown>([
    () => ({
      [chance.one(['$dateAdd', '$dateSubtract'])]: {
        startDate: date(chance, depth),
        unit: chance.one(UNITS),
        amount: small(chance),
        ...zone(chance),
      },
    }),
    () => ({
      $dateTrunc: {
        date: date(chance, depth),
        unit: chance.one(UNITS),
        ...(chance.happens(0.3) ? { startOfWeek: chance.one(['monday', 'sunday', 'fri']) } : {}),
        ...zone(chance),
      },
    }),
    () => ({
      $dateFromParts: {
        year: 2024,
        month: small(chance),
        day: new Int32(chance.below(40)),
        ...(chance.happens(0.5) ? { hour: new Int32(chance.below(30)) } : {}),
        ...zone(chance),
      },
    }),
    () => ({
      $dateFromString: {
        dateString: chance.one([
          '2024-02-29',
          '2024-02-29T10:11:12Z',
          '2024-02-29T10:11:12.345+07:00',
          'x',
          '2024-13-01',
        ]),
        onError: 'bad',
      },
    }),
    () => ({ $add: [date(chance, depth), simpleNumber(chance)] }),
    () => ({ $subtract: [date(chance, depth), date(chance, depth)] }),
    () => ({ $toDate: date(chance, depth) }),
  ])();
}

export function expression(chance: Chance, depth: number): unknown {
  if (depth <= 0 || chance.happens(0.25))
    return chance.happens(0.6) ? chance.one(FIELDS) : { $literal: value(chance, 1) };
  return chance.one([numeric, textual, listing, logical, dated])(chance, depth);
}

/** An expression that never fails: which documents a server comes to with one that does depends on its plan. */
export function safeExpression(chance: Chance, depth: number): unknown {
  const part = (): unknown => safeExpression(chance, depth - 1);
  if (depth <= 0) return chance.happens(0.6) ? chance.one(FIELDS) : { $literal: value(chance, 1) };
  return chance.one<() => unknown>([
    () => ({ [chance.one(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'])]: [part(), part()] }),
    () => ({ [chance.one(['$and', '$or'])]: [part(), part()] }),
    () => ({ $not: [part()] }),
    () => ({ $cond: [part(), part(), part()] }),
    () => ({ $ifNull: [part(), part()] }),
    () => ({ $in: [part(), { $ifNull: [{ $cond: [{ $isArray: '$a' }, '$a', null] }, []] }] }),
    () => ({ $gt: [{ $size: { $cond: [{ $isArray: '$b' }, '$b', []] } }, new Int32(chance.below(3))] }),
    () => ({ $type: part() }),
  ])();
}

/** A pipeline; `ordered` tells whether the order of its results is defined. */
export function pipeline(chance: Chance): { stages: Document[]; ordered: boolean } {
  const stages: Document[] = chance.happens(0.1) ? [{ $limit: new Int32(50) }] : [];
  if (chance.happens(0.5)) stages.push({ $match: filter(chance, 1) });
  let ordered = false;
  for (let i = 1 + chance.below(3); i > 0; i -= 1) {
    const stage = chance.below(12);
    if (stage < 3)
      stages.push({
        $project: {
          [chance.one(['r', 'a', 'a.b', 'd'])]: expression(chance, 3),
          ...(chance.happens(0.3) ? { b: 1 } : {}),
        },
      });
    else if (stage < 5)
      stages.push({
        [chance.one(['$set', '$addFields'])]: {
          [chance.one(['r', 'a', 'a.b', 'b.c', 'd'])]: expression(chance, 3),
        },
      });
    else if (stage === 5) stages.push({ $unset: chance.some(['a', 'b', 'a.b', 'c'], 1) });
    else if (stage < 8 && stage > 5)
      stages.push({
        $unwind: chance.happens(0.5)
          ? chance.one(['$a', '$b', '$a.b'])
          : {
              path: chance.one(['$a', '$b']),
              preserveNullAndEmptyArrays: chance.happens(0.5),
              includeArrayIndex: 'i',
            },
      });
    else if (
      stage === 8 &&
      !stages.some(
        (one) => '$unwind' in one || '$group' in one || '$sortByCount' in one || '$replaceRoot' in one,
      )
    )
      stages.push(
        { $sort: sort(chance) },
        { $skip: new Int32(chance.below(3)) },
        { $limit: new Int32(1 + chance.below(5)) },
      );
    else if (stage === 9) stages.push({ $group: groupOf(chance) });
    else if (stage === 10)
      stages.push(
        chance.one([
          { $sortByCount: chance.one(FIELDS) },
          { $count: 'n' },
          { $lookup: lookupOf(chance) },
          { $bucket: bucketOf(chance) },
          { $facet: { x: [{ $count: 'n' }], y: [{ $match: filter(chance, 1) }, { $count: 'n' }] } },
        ]),
      );
    else
      stages.push({
        $replaceRoot: { newRoot: { $mergeObjects: [{ _id: '$_id' }, { r: expression(chance, 2) }] } },
      });
    ordered = false;
  }
  return { stages, ordered };
}

function lookupOf(chance: Chance): Document {
  const fields = { localField: chance.one(['a', 'b', 'a.b']), foreignField: chance.one(['a', 'b', 'a.b']) };
  const inner = {
    let: { x: chance.one(FIELDS) },
    pipeline: [
      { $match: { $expr: { [chance.one(['$eq', '$lt'])]: ['$a', '$$x'] } } },
      { $set: { y: '$$x' } },
    ],
  };
  const kind = chance.below(3);
  return {
    from: 'other',
    as: chance.one(['l', 'a', 'b.c']),
    ...(kind < 2 ? fields : {}),
    ...(kind > 0 ? inner : {}),
  };
}

function bucketOf(chance: Chance): Document {
  const boundaries = chance.one<unknown[]>([
    [0, 2, 5],
    ['', 'b', 'z'],
    [new Int32(0), 10],
  ]);
  return {
    groupBy: chance.one(FIELDS),
    boundaries,
    default: 'zz',
    ...(chance.happens(0.5) ? { output: { n: { $sum: '$a' }, high: { $max: '$b' } } } : {}),
  };
}

function groupOf(chance: Chance): Document {
  return {
    _id: chance.happens(0.3)
      ? null
      : chance.happens(0.7)
        ? chance.one(FIELDS)
        : { x: chance.one(FIELDS), y: chance.one(FIELDS) },
    n: { $sum: chance.one<unknown>([1, '$a', '$b', '$c']) },
    avg: { $avg: chance.one(FIELDS) },
    low: { $min: chance.one(FIELDS) },
    high: { $max: chance.one(FIELDS) },
    count: { $count: {} },
  };
}
