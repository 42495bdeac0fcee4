import { useRef, type ReactNode } from 'react';
import { Button } from './button.js';

/** A button that lets the browser pick files. */
export function FilePicker({
  label,
  onFiles,
}: {
  label: string;
  onFiles: (files: Iterable<File>) => void;
}): ReactNode {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button small icon="clip" onClick={() => picker.current?.click()}>
        {label}
      </Button>
    </>
  );
}
