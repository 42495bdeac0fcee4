import { useState } from 'react';
import { useAppointmentStep } from '../api/appointments.js';
import { ApiError } from '../api/request.js';
import type { Me } from '../api/types.js';
import type {
  AppointmentStepRequest,
  OverridableRequest,
  OverridableRule,
} from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { toast } from '../ui/toast.js';
import { overridableRule } from './overridable.js';

/** A step that a rule forbids and a supervisor may take all the same. */
export interface Forbidden {
  id: string;
  step: OverridableRequest;
  rules: OverridableRule[];
  /** The server's sentence. */
  message: string;
}

export interface BookingStep {
  busy: boolean;
  /** Why the last step was not taken, in the server's words. */
  refusal: string | null;
  forbidden: Forbidden | null;
  /** The server's words about a field of the step sent last. */
  field: (path: string) => string | undefined;
  take: (id: string, step: AppointmentStepRequest) => void;
  /** Takes what is forbidden, with the reason. */
  override: (reason: string) => void;
  giveUp: () => void;
}

/** Takes steps and says so. @param onRefused also called where a supervisor is asked for a reason first */
export function useBookingStep({
  me,
  onDone,
  onRefused,
}: {
  me: Me;
  onDone: () => void;
  onRefused?: (message: string, forbidden: boolean) => void;
}): BookingStep {
  const command = useAppointmentStep();
  const [forbidden, setForbidden] = useState<Forbidden | null>(null);
  const error = command.error;

  const take = (id: string, step: AppointmentStepRequest): void =>
    command.mutate(
      { id, step },
      {
        onSuccess: () => {
          setForbidden(null);
          toast(t(`bookings.done.${step.step}`));
          onDone();
        },
        onError: (refused) => {
          const rule = overridableRule(refused, me);
          const next = rule && isOverridable(step) ? { step, rule } : null;
          setForbidden(
            next && {
              ...{ id, step: next.step, message: messageOf(refused) },
              rules: [...(next.step.override?.rules ?? []), next.rule],
            },
          );
          onRefused?.(messageOf(refused), next !== null);
        },
      },
    );
  return {
    ...{ busy: command.isPending, forbidden, take },
    refusal: error ? messageOf(error) : null,
    field: (path) => (error instanceof ApiError ? error.field(path) : undefined),
    override: (reason) => {
      if (!forbidden) return;
      const { id, step, rules } = forbidden;
      take(id, { ...step, override: { rules, reason } });
    },
    giveUp: () => setForbidden(null),
  };
}

function isOverridable(request: AppointmentStepRequest): request is OverridableRequest {
  return ['book', 'guests', 'letter'].includes(request.step);
}

function messageOf(error: Error): string {
  return error instanceof ApiError ? error.message : String(error);
}
