// Which package holds the command for a platform, and where in it.

/** The name of the package and the path of the command in it. */
export function commandFor(platform, architecture) {
  const name = platform === 'win32' ? 'botiquette.exe' : 'botiquette';
  return { package: `@botiquette/${platform}-${architecture}`, path: `bin/${name}` };
}
