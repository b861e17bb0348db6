/** Address of the graph; put in by the build. */
declare const GRAPH_URL: string;
/** Whether digests of documents are sent in their place; put in by the build. */
declare const SEND_IDS: boolean;
