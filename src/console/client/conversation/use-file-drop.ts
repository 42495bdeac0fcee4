import { useEffect, useRef, useState } from 'react';

/**
 * Takes files dropped anywhere on the page. Without this a file dropped beside the box would replace the page by itself.
 * @returns whether files hang over the page
 */
export function useFileDrop(enabled: boolean, onFiles: (files: FileList) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef({ enabled, onFiles });
  useEffect(() => {
    latest.current = { enabled, onFiles };
  });
  useEffect(() => {
    // Enter and leave fire for every child as well: only the balance tells.
    let depth = 0;
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setOver(latest.current.enabled);
    };
    const leave = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    };
    const hover = (event: DragEvent): void => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      if (latest.current.enabled && event.dataTransfer) latest.current.onFiles(event.dataTransfer.files);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hover);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}
