/** What both pages ask about each account's part in a list. */
export interface Report {
  readonly state: string;
  readonly retryAfter: number | null;
  readonly unreadable: number;
  readonly account: { readonly id: string; readonly label: string };
}

export interface Notice {
  readonly account: string;
  /** `gap`: records are missing now that may come later; `note`: good to know. */
  readonly tone: 'gap' | 'note';
  readonly text: string;
  /** Trying again may help. */
  readonly mayPass: boolean;
}

/** What people should know of each account's part, what is missing first; nothing of those where all is well. */
export const noticesOf = (reports: readonly Report[]): readonly Notice[] =>
  reports
    .map(noticeOf)
    .filter((notice) => notice !== undefined)
    .sort((one, other) => Number(other.tone === 'gap') - Number(one.tone === 'gap'));

function noticeOf({ state, retryAfter, unreadable, account: { id, label } }: Report): Notice | undefined {
  const gap = (text: string, mayPass = true): Notice => ({
    account: id,
    tone: 'gap',
    text: `${label} ${text}`,
    mayPass,
  });
  const note = (text: string): Notice => ({ account: id, tone: 'note', text: `${label} ${text}`, mayPass: false });
  switch (state) {
    case 'OK':
      return unreadable === 0 ? undefined : note(`sent ${unreadable} records that cannot be read.`);
    case 'SKIPPED':
      return undefined;
    case 'STALE':
      return note('cannot be reached; its customers are shown as they were last read.');
    case 'UNSUPPORTED':
      return note('cannot list customers.');
    case 'UNAVAILABLE':
      return gap('cannot be reached, so its customers are missing.');
    case 'TIMED_OUT':
    case 'NOT_ATTEMPTED':
      return gap('takes too long, so its customers are missing.');
    case 'RATE_LIMITED':
      return gap(
        `takes no more requests for now, so its customers are missing. Try again ${
          retryAfter === null ? 'later' : `in ${retryAfter} seconds`
        }.`,
      );
    case 'UNAUTHORIZED':
      return gap('refuses our credentials, so its customers are missing. Please tell your administrator.', false);
    // FAILED, and whatever states come to be.
    default:
      return gap('answered something we cannot read, so its customers are missing.');
  }
}

/** A browser does not tell a page why: the service is down, or its CORS_ORIGINS does not list the page. */
export const UNREACHABLE = `The graph cannot be reached, or it does not answer pages of ${location.origin}: its CORS_ORIGINS must list that.`;
