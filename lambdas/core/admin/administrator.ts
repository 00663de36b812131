/** Who administers, as verified for this request. */
export interface Administrator {
  readonly sub: string;
  readonly email?: string;
  /** `read`: sees everything and changes nothing (`gatehouse:admin:read`). */
  readonly access: 'read' | 'write';
  /** Epoch seconds: before it was looked up who asks. What is made for this request began then. @default now */
  readonly begunAt?: number;
}
