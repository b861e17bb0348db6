/** A customer's referral code as far as anybody here can know it. */
export interface ReferralCode {
  readonly code: string;
  /** False where no answer showed it, or a later write may have changed it. */
  readonly isCertain: boolean;
}

const LONGEST_MEMORY = 10_000;
const UNKNOWN: ReferralCode = { code: '', isCertain: false };

/**
 * The referral codes of one account as the answers to writes showed them: no read shows them, and every PUT has to send
 * one (assumption 5). Remembers the customers written last.
 */
export function createReferralCodes(limit = LONGEST_MEMORY) {
  const codes = new Map<string, ReferralCode>();

  function keep(id: string, code: ReferralCode): void {
    codes.delete(id);
    codes.set(id, code);
    const [oldest] = codes.keys();
    if (codes.size > limit && oldest !== undefined) codes.delete(oldest);
  }

  return {
    of: (id: string): ReferralCode => codes.get(id) ?? UNKNOWN,
    stored: (id: string, code: string) => keep(id, { code, isCertain: true }),
    /** It was sent, and nobody knows whether it was stored. */
    perhapsStored(id: string, code: string) {
      const before = codes.get(id);
      if (before?.code !== code) keep(id, { code, isCertain: false });
    },
    forget: (id: string) => void codes.delete(id),
  };
}
