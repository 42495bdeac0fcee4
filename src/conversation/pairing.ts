/** How far the number is linked to this service. */
export type PairingState =
  /** No phone has accepted us; an operator may begin. */
  | { phase: 'unpaired'; reason?: string }
  /** Waiting for the phone: the QR to scan, and the code to type when one was asked for. */
  | { phase: 'waiting'; qr?: string; code?: string; since: Date }
  /** `phone`: the linked number, digits, country code first. */
  | { phase: 'paired'; phone?: string };

/** What an operator needs to link the number. */
export interface PairingPort {
  state(): PairingState;
  /**
   * Begins, or begins anew: the state shows a QR, and with a phone number (digits, country code first) also a code.
   * @throws PairingError
   */
  begin(phone?: string): Promise<void>;
  /** Gives the link up, at WhatsApp too when it can be reached. */
  unpair(): Promise<void>;
  /** Calls `listener` whenever the state changes; returns the way to stop. */
  onChange(listener: () => void): () => void;
}

export class PairingError extends Error {
  override readonly name = 'PairingError';

  constructor(readonly code: 'already-paired' | 'not-available' | 'bad-phone') {
    super(code);
  }
}
