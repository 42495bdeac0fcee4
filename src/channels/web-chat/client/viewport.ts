/**
 * Keeps the page as high as what the on-screen keyboard leaves free (iOS and older Android lay the keyboard over the
 * page). Returns the way to stop.
 */
export function fitToKeyboard(): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const fit = (): void => {
    // Zooming with two fingers also changes the visual viewport, but is no reason to lay the page out anew.
    if (viewport.scale > 1.01) return;
    document.documentElement.style.setProperty('--height', `${viewport.height}px`);
    window.scrollTo(0, 0);
  };
  fit();
  viewport.addEventListener('resize', fit);
  return () => viewport.removeEventListener('resize', fit);
}
