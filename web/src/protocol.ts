// What the page and its worker say to each other.

import type { Botiquette, Report } from '@botiquette/wasm';

export type Result = ReturnType<Botiquette['inspect']>;

export interface Question {
  number: number;
  /** The linter, compiled; the same for every question. */
  module: WebAssembly.Module;
  files: Map<string, string | Uint8Array>;
}

export type Answer =
  | { kind: 'report'; number: number; report: Report }
  | { kind: 'result'; number: number; result: Result; names: Map<string, string>; version: string }
  | { kind: 'failure'; number: number; message: string };
