const EPOCHS = 12;
const RATE = 0.35;
const SHRINK = 1e-4;
const FIRST_SQUARE = 1e-2;

export interface LabelledFeatures {
  label: string;
  features: readonly string[];
}

interface Row {
  target: number;
  features: Uint32Array;
}

/**
 * A softmax regression over sparse features. Small enough to be fitted to the examples when it is first needed, so that
 * the examples are the only thing to keep up; fixed order and start make it deterministic.
 */
export class IntentModel {
  readonly labels: readonly string[];
  readonly #places = new Map<string, number>();
  readonly #weights: Float64Array;

  constructor(examples: readonly LabelledFeatures[]) {
    this.labels = [...new Set(examples.map(({ label }) => label))].sort();
    const rows = interleave(examples).map(({ label, features }): Row => ({
      target: this.labels.indexOf(label),
      features: Uint32Array.from(features, (feature) => this.#placeOf(feature)),
    }));
    this.#weights = new Float64Array(this.#places.size * this.labels.length);
    this.#fit(rows);
  }

  /** Probability of each label, in the order of `labels`; unknown features say nothing. */
  probabilities(features: readonly string[]): Float64Array {
    const places: number[] = [];
    for (const feature of features) {
      const place = this.#places.get(feature);
      if (place !== undefined) places.push(place);
    }
    const scores = new Float64Array(this.labels.length);
    this.#score(places, scores);
    return scores;
  }

  /** AdaGrad: rare words move far on their few examples, frequent ones settle. */
  #fit(rows: readonly Row[]): void {
    const size = this.labels.length;
    const weights = this.#weights;
    const squares = new Float64Array(weights.length).fill(FIRST_SQUARE);
    const error = new Float64Array(size);
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      for (const { target, features } of rows) {
        this.#score(features, error);
        error[target] = at(error, target) - 1;
        for (const place of features) {
          for (let k = 0, w = place; k < size; k++, w++) {
            const slope = at(error, k) + SHRINK * at(weights, w);
            const square = at(squares, w) + slope * slope;
            squares[w] = square;
            weights[w] = at(weights, w) - (RATE * slope) / Math.sqrt(square);
          }
        }
      }
    }
  }

  #score(places: Iterable<number>, scores: Float64Array): void {
    scores.fill(0);
    for (const place of places) {
      for (let k = 0, w = place; k < scores.length; k++, w++) {
        scores[k] = at(scores, k) + at(this.#weights, w);
      }
    }
    softmax(scores);
  }

  #placeOf(feature: string): number {
    let place = this.#places.get(feature);
    if (place === undefined) {
      place = this.#places.size * this.labels.length;
      this.#places.set(feature, place);
    }
    return place;
  }
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

function softmax(scores: Float64Array): void {
  let highest = -Infinity;
  for (const score of scores) highest = Math.max(highest, score);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = Math.exp(at(scores, k) - highest);
    sum += at(scores, k);
  }
  for (let k = 0; k < scores.length; k++) scores[k] = at(scores, k) / sum;
}

/** Labels in turn instead of in blocks, so that no label has the last word. */
function interleave(examples: readonly LabelledFeatures[]): LabelledFeatures[] {
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  const seen = new Map<string, number>();
  return examples
    .map((example) => {
      const before = seen.get(example.label) ?? 0;
      seen.set(example.label, before + 1);
      return { example, place: (before + 0.5) / (counts.get(example.label) ?? 1) };
    })
    .sort((a, b) => a.place - b.place)
    .map(({ example }) => example);
}
