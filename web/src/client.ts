// Asks the worker about files: one question at a time, of those that wait only the newest.

import type { Answer, Question } from './protocol';
import { scriptAddress } from './scripts';

/** A question that takes longer is given up when a newer one waits. */
const PATIENCE = 10_000;

export class Client {
  private worker = this.start();
  private asked: Question | undefined;
  private waiting: Question | undefined;
  private number = 0;
  private since = 0;

  constructor(private readonly heard: (answer: Answer) => void) {}

  ask(files: Question['files']): void {
    this.number += 1;
    this.waiting = { number: this.number, files };
    if (this.asked && performance.now() - this.since > PATIENCE) {
      this.worker.terminate();
      this.worker = this.start();
      this.asked = undefined;
    }
    this.next();
  }

  private next(): void {
    if (this.asked || !this.waiting) return;
    this.asked = this.waiting;
    this.waiting = undefined;
    this.since = performance.now();
    this.worker.postMessage(this.asked);
  }

  private start(): Worker {
    const worker = new Worker(scriptAddress('worker.js'));
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'ready') return this.heard(data);
      if (data.number === this.number || data.number === 0) this.heard(data);
      if (data.kind === 'report') return;
      this.asked = undefined;
      this.next();
    };
    worker.onerror = (event) => {
      this.heard({ kind: 'failure', number: this.number, message: event.message || 'the linter cannot be loaded' });
    };
    return worker;
  }
}
