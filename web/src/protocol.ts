// What the page and its worker say to each other.

import type { Botiquette, Report } from '@botiquette/wasm';

export type Result = ReturnType<Botiquette['inspect']>;

export interface Question {
  number: number;
  files: Map<string, string | Uint8Array>;
}

export type Answer =
  | { kind: 'ready'; version: string }
  | { kind: 'report'; number: number; report: Report }
  | { kind: 'result'; number: number; result: Result; names: Map<string, string> }
  | { kind: 'failure'; number: number; message: string };
