import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Skeleton } from '../ui/states.js';

/** Modules of white around a code that scanners need. */
const QUIET = 4;

/** A QR code as one path, black on white in every theme. */
export function QrCode({ text, label }: { text: string; label: string }): ReactNode {
  // Fetched when the first code is shown: nobody else needs it.
  const { data: library } = useQuery({
    queryKey: ['qr-library'],
    staleTime: Infinity,
    queryFn: () => import('qrcode'),
  });
  if (!library) return <Skeleton rows={3} />;
  const { size, data } = library.create(text, { errorCorrectionLevel: 'L' }).modules;
  const side = size + 2 * QUIET;
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <rect width={side} height={side} fill="#fff" />
      <path d={pathOf(data, size)} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

function pathOf(data: Uint8Array, size: number): string {
  return [...data.keys()]
    .filter((index) => data[index])
    .map((index) => `M${QUIET + (index % size)} ${QUIET + Math.floor(index / size)}h1v1h-1z`)
    .join('');
}
