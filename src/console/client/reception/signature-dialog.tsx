import { useRef, useState, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { drawStrokes, pictureOf, type Stroke } from './draw-strokes.js';
import { SignaturePad } from './signature-pad.js';

interface SignatureDialogProps {
  name: string;
  busy: boolean;
  onClose: () => void;
  /** @param image PNG in base64 */
  onSigned: (image: string) => void;
}

/** A guest signs the attendance list with finger, pen or mouse. Who cannot signs on paper. */
export function SignatureDialog({ name, busy, onClose, onSigned }: SignatureDialogProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const empty = strokes.length === 0;
  const change = (next: readonly Stroke[]): void => {
    setStrokes(next);
    if (canvas.current) drawStrokes(canvas.current, next);
  };
  return (
    <Dialog title={t('reception.signatureOf', { name })} size="large" onClose={onClose}>
      <div className="dialog-body">
        <SignaturePad ref={canvas} strokes={strokes} onChange={change} label={t('reception.pad', { name })} />
        <p className="field-hint">{t('reception.padHint')}</p>
      </div>
      <DialogFoot>
        <Button
          className="button-touch"
          icon="reply"
          disabled={empty}
          onClick={() => change(strokes.slice(0, -1))}
        >
          {t('reception.undo')}
        </Button>
        <Button className="button-touch" icon="trash" disabled={empty} onClick={() => change([])}>
          {t('reception.clear')}
        </Button>
        <Button
          look="primary"
          className="button-touch"
          busy={busy}
          disabled={empty}
          onClick={() => canvas.current && onSigned(pictureOf(canvas.current))}
        >
          {t('reception.keepSignature')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
