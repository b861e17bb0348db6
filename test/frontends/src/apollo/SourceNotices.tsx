import { noticesOf } from '../shared/sources.ts';
import { type FragmentType, graphql, readFragment } from './gql/index.ts';

const SOURCE_NOTICE = graphql(`
  fragment SourceNotice on Source {
    state
    retryAfter
    unreadable
    account {
      id
      label
    }
  }
`);

interface Props {
  readonly sources: readonly FragmentType<typeof SOURCE_NOTICE>[];
  readonly isLoading: boolean;
  onRetry(): void;
}

/** Says whose customers are missing and why, and offers to try again where that may help. */
export function SourceNotices({ sources, isLoading, onRetry }: Props) {
  const notices = noticesOf(readFragment(SOURCE_NOTICE, sources));
  return (
    <ul className="notices" aria-live="polite">
      {notices.map(({ account, tone, text, mayPass }) => (
        <li key={account} className={tone} data-account={account}>
          <span>{text}</span>
          {mayPass && (
            <button type="button" onClick={onRetry} disabled={isLoading}>
              Retry
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
