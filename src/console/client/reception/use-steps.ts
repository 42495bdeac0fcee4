import { useVisitStep } from '../api/reception.js';
import type { Visit, VisitStepName, VisitStepRequest } from '../api/types/reception.js';
import { t } from '../text/text.js';
import { toast, toastError } from '../ui/toast.js';
import { pressKey } from './press-key.js';

/** The steps of a visit as its page takes them: one at a time, each said and each the same when it is sent twice. */
export interface Steps {
  busy: boolean;
  may: (step: VisitStepName) => boolean;
  take: (step: VisitStepRequest, onDone?: () => void) => void;
}

export function useSteps({ id, allowed }: Visit): Steps {
  const command = useVisitStep(id);
  return {
    busy: command.isPending,
    may: (step) => allowed.includes(step),
    take: (step, onDone) =>
      command.mutate(
        { ...step, key: pressKey() },
        {
          onSuccess: () => {
            toast(t(`reception.done.${step.step}`));
            onDone?.();
          },
          onError: toastError,
        },
      ),
  };
}
