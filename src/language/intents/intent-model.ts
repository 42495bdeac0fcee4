const EPOCHS = 24;
const RATE = 0.35;
const SHRINK = 1e-4;

export interface LabelledFeatures {
  label: string;
  features: readonly string[];
}

/**
 * A softmax regression over sparse features. Small enough to be fitted to the examples when it is first needed (some
 * tens of milliseconds), so that the examples are the only thing to keep up; fixed order and start make it deterministic.
 */
export class IntentModel {
  readonly labels: readonly string[];
  readonly #weights = new Map<string, Float64Array>();

  constructor(examples: readonly LabelledFeatures[]) {
    this.labels = [...new Set(examples.map(({ label }) => label))].sort();
    this.#fit(interleave(examples));
  }

  /** Probability of each label, in the order of `labels`. */
  probabilities(features: readonly string[]): Float64Array {
    const scores = new Float64Array(this.labels.length);
    for (const feature of features) {
      const weights = this.#weights.get(feature);
      if (weights === undefined) continue;
      for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] ?? 0) + (weights[k] ?? 0);
    }
    return softmax(scores);
  }

  /** AdaGrad: rare words move far on their few examples, frequent ones settle. */
  #fit(examples: readonly LabelledFeatures[]): void {
    const size = this.labels.length;
    const squares = new Map<string, Float64Array>();
    for (const { features } of examples) {
      for (const feature of features) {
        if (this.#weights.has(feature)) continue;
        this.#weights.set(feature, new Float64Array(size));
        squares.set(feature, new Float64Array(size).fill(1e-2));
      }
    }
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      for (const { label, features } of examples) {
        const error = this.probabilities(features);
        const target = this.labels.indexOf(label);
        error[target] = (error[target] ?? 0) - 1;
        for (const feature of features) adjust(this.#weights.get(feature), squares.get(feature), error);
      }
    }
  }
}

function adjust(
  weights: Float64Array | undefined,
  squares: Float64Array | undefined,
  error: Float64Array,
): void {
  if (weights === undefined || squares === undefined) return;
  for (let k = 0; k < error.length; k++) {
    const weight = weights[k] ?? 0;
    const slope = (error[k] ?? 0) + SHRINK * weight;
    const square = (squares[k] ?? 0) + slope * slope;
    squares[k] = square;
    weights[k] = weight - (RATE * slope) / Math.sqrt(square);
  }
}

function softmax(scores: Float64Array): Float64Array {
  let highest = -Infinity;
  for (const score of scores) highest = Math.max(highest, score);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    const value = Math.exp((scores[k] ?? 0) - highest);
    scores[k] = value;
    sum += value;
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] ?? 0) / sum;
  return scores;
}

/** Labels in turn instead of in blocks, so that no label has the last word. */
function interleave(examples: readonly LabelledFeatures[]): LabelledFeatures[] {
  const byLabel = new Map<string, LabelledFeatures[]>();
  for (const example of examples) {
    const group = byLabel.get(example.label);
    if (group === undefined) byLabel.set(example.label, [example]);
    else group.push(example);
  }
  return examples
    .map((example) => {
      const group = byLabel.get(example.label) ?? [];
      return { example, place: (group.indexOf(example) + 0.5) / group.length };
    })
    .sort((a, b) => a.place - b.place)
    .map(({ example }) => example);
}
