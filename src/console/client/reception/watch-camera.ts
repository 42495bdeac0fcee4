/** Milliseconds between two looks: quick enough for a hand, slow enough for an old tablet. */
const PAUSE = 150;
/** Pixels of the longer side that are looked at. */
const MOST_PIXELS = 800;

interface Watching {
  onCode: (code: string) => void;
  /** No camera, or no leave to use it. */
  onFailed: () => void;
}

/**
 * Shows the camera in a video and reads the first QR code that it sees.
 * @returns the way to stop
 */
export function watchCamera(video: HTMLVideoElement, { onCode, onFailed }: Watching): () => void {
  let stream: MediaStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
  };

  const start = async (): Promise<void> => {
    // Fetched when the first code is scanned: nobody else needs it.
    const [{ default: jsqr }, opened] = await Promise.all([
      import('jsqr'),
      navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false }),
    ]);
    stream = opened;
    if (stopped) {
      stop();
      return;
    }
    video.srcObject = opened;
    await video.play();
    const canvas = document.createElement('canvas');
    const look = (): void => {
      const picture = pictureOf(video, canvas);
      const read = picture && jsqr(picture.data, picture.width, picture.height);
      if (read && read.data !== '') {
        stop();
        onCode(read.data);
      } else if (!stopped) timer = setTimeout(look, PAUSE);
    };
    look();
  };

  start().catch(() => {
    if (!stopped) onFailed();
    stop();
  });
  return stop;
}

function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | undefined {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return undefined;
  const scale = Math.min(1, MOST_PIXELS / Math.max(videoWidth, videoHeight));
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context?.getImageData(0, 0, canvas.width, canvas.height);
}
