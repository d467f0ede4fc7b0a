// The linter, out of the way of whoever types. It asks for nothing: the page hands it all that it needs.

import { load } from '@botiquette/wasm';
import type { Answer, Question } from './protocol';

const scope = self as unknown as { onmessage: (event: MessageEvent<Question>) => void; postMessage(answer: Answer): void };

scope.onmessage = async ({ data: { number, module, files } }) => {
  try {
    const botiquette = await load(module);
    const names = new Map<string, string>();
    for (const [path, content] of files) {
      if (typeof content === 'string' && content.length < 1 << 20) names.set(path, botiquette.guessName(content));
    }
    const result = botiquette.inspect(files, { includeInfo: true }, (report) => {
      scope.postMessage({ kind: 'report', number, report });
    });
    scope.postMessage({ kind: 'result', number, names, result, version: botiquette.version() });
  } catch (error) {
    scope.postMessage({ kind: 'failure', number, message: error instanceof Error ? error.message : String(error) });
  }
};
