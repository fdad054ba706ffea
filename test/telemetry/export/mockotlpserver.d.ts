// The part of @elastic/mockotlpserver that the tests use; it has no types of its own.
declare module '@elastic/mockotlpserver' {
  interface DecodedRequest {
    toJSON(): unknown;
  }

  export class MockOtlpServer {
    constructor(options: {
      readonly logLevel: 'warn';
      readonly services: readonly 'http'[];
      readonly httpHostname: string;
      readonly httpPort: number;
      readonly onTrace: (request: DecodedRequest) => void;
      readonly onMetrics: (request: DecodedRequest) => void;
      readonly onLogs: (request: DecodedRequest) => void;
    });
    /** Null until it listens. */
    readonly httpUrl: URL | null;
    start(): Promise<void>;
    close(): Promise<void>;
  }
}
