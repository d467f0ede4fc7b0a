// Asks the worker about files: one question at a time, of those that wait only the newest.

import { compile } from '@botiquette/wasm';
import type { Answer, Question } from './protocol';
import { scriptAddress } from './scripts';

/** A question that takes longer is given up when a newer one waits. */
const PATIENCE = 10_000;

export class Client {
  private readonly module = compile('botiquette.wasm');
  private worker = this.start();
  private asked: number | undefined;
  private waiting: Question['files'] | undefined;
  private number = 0;
  private since = 0;

  constructor(private readonly heard: (answer: Answer) => void) {}

  ask(files: Question['files']): void {
    this.number += 1;
    this.waiting = files;
    if (this.asked !== undefined && performance.now() - this.since > PATIENCE) {
      this.worker.terminate();
      this.worker = this.start();
      this.asked = undefined;
    }
    void this.next();
  }

  private async next(): Promise<void> {
    if (this.asked !== undefined || !this.waiting) return;
    const question = { number: this.number, files: this.waiting };
    this.asked = question.number;
    this.waiting = undefined;
    this.since = performance.now();
    try {
      this.worker.postMessage({ ...question, module: await this.module });
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  private start(): Worker {
    const worker = new Worker(scriptAddress('worker.js'));
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.number === this.number) this.heard(data);
      if (data.kind === 'report') return;
      this.asked = undefined;
      void this.next();
    };
    worker.onerror = (event) => this.fail(event.message || 'the linter cannot be loaded');
    return worker;
  }

  private fail(message: string): void {
    this.heard({ kind: 'failure', number: this.number, message });
  }
}
