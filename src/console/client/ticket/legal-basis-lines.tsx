import { useRef, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { t } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';

interface LegalBasisLinesProps {
  lines: readonly string[];
  onChange: (lines: string[]) => void;
}

/** One provision per line; Enter adds the next. */
export function LegalBasisLines({ lines, onChange }: LegalBasisLinesProps): ReactNode {
  const box = useRef<HTMLFieldSetElement>(null);
  const focusLine = (index: number): void => {
    box.current?.querySelectorAll('input')[index]?.focus();
  };
  const add = (): void => {
    // Drawn at once: the next key already belongs to the new line.
    flushSync(() => onChange([...lines, '']));
    focusLine(lines.length);
  };
  return (
    <fieldset className="lines" ref={box}>
      <legend>
        {t('resolve.legalBasis')} <span className="muted">({t('common.optional')})</span>
      </legend>
      <p className="field-hint">{t('resolve.legalBasisHint')}</p>
      {lines.map((line, index) => (
        <div className="line" key={index}>
          <input
            aria-label={t('resolve.legalBasisLine', { n: index + 1 })}
            value={line}
            maxLength={500}
            onChange={(event) => onChange(lines.map((old, at) => (at === index ? event.target.value : old)))}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              if (line.trim() !== '') add();
            }}
          />
          <IconButton
            icon="trash"
            label={t('resolve.removeLine', { n: index + 1 })}
            disabled={lines.length === 1 && line === ''}
            onClick={() => {
              const rest = lines.filter((_line, at) => at !== index);
              flushSync(() => onChange(rest.length > 0 ? rest : ['']));
              focusLine(Math.max(0, index - 1));
            }}
          />
        </div>
      ))}
      <Button look="quiet" small icon="plus" onClick={add}>
        {t('resolve.addLine')}
      </Button>
    </fieldset>
  );
}
