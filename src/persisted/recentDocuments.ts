const MOST_DOCUMENTS = 1_000;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** What Apollo keeps documents in. */
export interface DocumentCache {
  get(key: string): Promise<string | undefined>;
  set(key: string, document: string): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/**
 * Documents that callers sent lately, by digest; the one not used for longest makes room. Apollo's own cache counts
 * characters only, and so would keep millions of tiny documents.
 */
export function createRecentDocuments(): DocumentCache {
  const documents = new Map<string, string>();
  let characters = 0;

  function forget(key: string): boolean {
    characters -= documents.get(key)?.length ?? 0;
    return documents.delete(key);
  }

  return {
    async get(key) {
      const document = documents.get(key);
      if (document === undefined) return undefined;
      // Written anew, so that the first in the map is always the one not used for longest.
      documents.delete(key);
      documents.set(key, document);
      return document;
    },
    async set(key, document) {
      forget(key);
      documents.set(key, document);
      characters += document.length;
      while (documents.size > MOST_DOCUMENTS || characters > MOST_CHARACTERS) {
        const [oldest] = documents.keys();
        if (oldest === undefined) return;
        forget(oldest);
      }
    },
    async delete(key) {
      return forget(key);
    },
  };
}
