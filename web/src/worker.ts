// The linter, out of the way of whoever types.

import { load } from '@botiquette/wasm';
import type { Answer, Question } from './protocol';

const scope = self as unknown as { onmessage: (event: MessageEvent<Question>) => void; postMessage(answer: Answer): void };
const linter = load(new URL('botiquette.wasm', location.href));

linter.then(
  (botiquette) => scope.postMessage({ kind: 'ready', version: botiquette.version() }),
  (error: unknown) => fail(0, error),
);

scope.onmessage = async ({ data: { number, files } }) => {
  try {
    const botiquette = await linter;
    const names = new Map<string, string>();
    for (const [path, content] of files) {
      if (typeof content === 'string' && content.length < 1 << 20) names.set(path, botiquette.guessName(content));
    }
    const result = botiquette.inspect(files, { includeInfo: true }, (report) => {
      scope.postMessage({ kind: 'report', number, report });
    });
    scope.postMessage({ kind: 'result', number, names, result });
  } catch (error) {
    fail(number, error);
  }
};

function fail(number: number, error: unknown): void {
  scope.postMessage({ kind: 'failure', number, message: error instanceof Error ? error.message : String(error) });
}
