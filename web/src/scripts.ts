// The scripts that the page may start.

type Script = 'worker.js' | 'offline.js';

interface Policy {
  createScriptURL(name: string): string;
}

let policy: Policy | undefined;

/** The address of a script of the page's own, as browsers want it that let a page start nothing else. */
export function scriptAddress(name: Script): string {
  policy ??= newPolicy();
  return policy.createScriptURL(name);
}

function newPolicy(): Policy {
  const rules: Policy = {
    createScriptURL(name) {
      if (name !== 'worker.js' && name !== 'offline.js') throw new Error(`${name} is no script of this page`);
      return name;
    },
  };
  const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };
  return trustedTypes ? trustedTypes.createPolicy('botiquette', rules) : rules;
}
