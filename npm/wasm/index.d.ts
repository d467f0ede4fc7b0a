/** The linter for bots' manners. Texts go in, findings come out; nothing is read from a disk or sent anywhere. */

/** Files by their paths. The path matters: its ending tells the syntax. Bytes are for files that may be no text. */
export type Files = Record<string, string | Uint8Array> | Map<string, string | Uint8Array>;

export interface Options {
  /** The text of a `botiquette.toml`. */
  settings?: string;
  /** Defaults for a kind of bot. */
  profile?: 'recommended' | 'strict' | 'community' | 'feed';
  /** Only these rules or families. */
  select?: string[];
  /** Not these rules or families. */
  ignore?: string[];
  /** Read every file as this dialect instead of recognising it. */
  dialect?: string;
  /** Tell findings of severity `info`, too. */
  includeInfo?: boolean;
  /** Look for edits that mend findings; `false` saves that time. */
  fixes?: boolean;
}

export type Severity = 'error' | 'warning' | 'info';
export type Confidence = 'high' | 'medium' | 'low';

/** Lines and columns count from 1, columns in Unicode scalar values; offsets count bytes of UTF-8 from 0. */
export interface Point {
  line: number;
  column: number;
  offset: number;
}

export interface Region {
  path: string;
  start: Point;
  end: Point;
}

export interface Label extends Region {
  text: string;
}

export interface Edit extends Region {
  /** What stands there afterwards. */
  text: string;
}

export interface Fix {
  title: string;
  /** `safe` changes nothing of what decent people get; `unsafe` takes something away. */
  safety: 'safe' | 'unsafe';
  edits: Edit[];
}

export interface Suppressed {
  by: 'comment' | 'settings' | 'baseline';
  reason: string;
  place: Region | null;
}

export interface Finding extends Region {
  rule: string;
  family: string;
  severity: Severity;
  confidence: Confidence;
  title: string;
  /** What the configuration does and who is hurt. */
  message: string;
  /** What to do instead; may be empty. */
  help: string;
  /** The page of the rule. */
  url: string | null;
  labels: Label[];
  /** The steps of a cycle, in order. */
  hops?: Label[];
  notes?: string[];
  /** Measured values. */
  values?: Record<string, string>;
  fix: Fix | null;
  suppressed: Suppressed | null;
}

export interface Coverage {
  settings: number;
  understood: number;
  clutter: number;
  unknown: { key: string; line: number }[];
}

export interface FileOutcome {
  path: string;
  status: 'linted' | 'unrecognised' | 'failed';
  dialect: string | null;
  automations: number;
  coverage?: Coverage;
}

/** What `botiquette lint --format json` prints, and what it says on standard error. */
export interface Report {
  schema: 'botiquette-report/1';
  files: FileOutcome[];
  findings: Finding[];
  summary: {
    files: number;
    errors: number;
    warnings: number;
    infos: number;
    suppressed: number;
    known: number;
  };
  /** Files that could not be read, and why: too large, no text. */
  problems: string[];
  /** Files that are no bot's configuration, and why not. */
  leftOut: { path: string; because: string }[];
}

export interface Located {
  file: string | null;
  line: number | null;
}

export interface Contributor extends Located {
  deed: string;
  /** `null` where nothing bounds it. */
  per_day: number | null;
}

export interface Account {
  account: string;
  who: string[];
  automations: (Located & { name: string; live: boolean; sentence: string; deed: string })[];
  reach: {
    /** How many people that is, as a sentence. */
    words: string | null;
    per_day: number | null;
    contributors: Contributor[];
    unsaid: boolean;
    open: Contributor[];
    named: Contributor[];
    assumptions: { name: string | null; value: number; words: string; why: string }[];
  };
  rates: { of: string; per_day: number }[];
  loops: { class: string; words: string; steps: (Located & { account: string; deed: string; then: string })[] }[];
  unknown: (Located & { what: string })[];
}

/** What `botiquette describe --format json` prints. */
export interface Description {
  schema: 'botiquette-description/1';
  accounts: Account[];
  remarks: (Located & { what: string })[];
  coverage: (Omit<Coverage, 'unknown'> & { file: string | null; unknown: { key: string; line: number | null }[] })[];
}

export interface Rule {
  name: string;
  family: string;
  severity: Severity;
  confidence: Confidence;
  title: string;
}

/** Every function throws an `Error` with a message for people where options or settings cannot be used. */
export interface Botiquette {
  lint(files: Files, options?: Options): Report;
  describe(files: Files, options?: Options): Description;
  /** Who sets off whom, as an SVG; empty where there is nothing to draw. */
  graphSvg(files: Files, options?: Options): string;
  /**
   * Report, description and picture of one look at the files. `early` is called with the report as soon as it is there,
   * before the time is spent that fixes take.
   */
  inspect(
    files: Files,
    options?: Options,
    early?: (report: Report) => void,
  ): { report: Report; description: Description; svg: string };
  rules(): Rule[];
  /** A file name for a text that has none; its ending tells the syntax. */
  guessName(text: string): string;
  version(): string;
}

/**
 * Starts the linter; the second time it is there already. Without an argument the module is read from beside this
 * package. In browsers, the address of the module, its bytes or the compiled module can be given; in Node, bytes or a
 * compiled module.
 */
export function load(module?: URL | string | BufferSource | WebAssembly.Module): Promise<Botiquette>;

/**
 * Compiles the module, for whoever hands it to workers: they give it to `load` and need not read it again. Without an
 * argument it is read from beside this package.
 */
export function compile(from?: URL | string): Promise<WebAssembly.Module>;
