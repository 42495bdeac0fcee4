import type { ReactNode } from 'react';

/** The sign of the product: a D that rings. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect className="mark-ground" width="32" height="32" rx="8" />
      <path className="mark-letter" d="M8 8h4.2a8 8 0 0 1 0 16H8z" />
      <path className="mark-ring" d="M20.6 9.6a9.6 9.6 0 0 1 0 12.8M24 7.2a13.6 13.6 0 0 1 0 17.6" />
    </svg>
  );
}
