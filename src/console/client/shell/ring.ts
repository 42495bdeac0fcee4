/** Two soft tones, made on the spot: no sound file to load. */
export async function ring(): Promise<void> {
  const context = new AudioContext();
  const tones = [
    { frequency: 659, start: 0 },
    { frequency: 880, start: 0.16 },
  ];
  const ended = tones.map(({ frequency, start }) => {
    const oscillator = new OscillatorNode(context, { type: 'sine', frequency });
    const gain = new GainNode(context, { gain: 0 });
    const at = context.currentTime + start;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.12, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + 0.55);
    return new Promise((resolve) => {
      oscillator.onended = resolve;
    });
  });
  await Promise.all(ended);
  await context.close();
}
