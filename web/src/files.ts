// The files that are looked at, and which one is shown. Every change of many files can be taken back once.

export interface File {
  path: string;
  /** Its text; none for what is no text or too large to show. */
  text: string;
  /** What is linted instead of the text. */
  bytes?: Uint8Array;
  /** Whether the path was guessed from the text, and follows it. */
  guessed?: boolean;
}

export class Files {
  list: File[] = [{ path: 'bot.yaml', text: '', guessed: true }];
  shown = 0;
  private before: { list: File[]; shown: number } | undefined;

  get current(): File {
    return this.list[this.shown] ?? this.list[0]!;
  }

  get canUndo(): boolean {
    return this.before !== undefined;
  }

  /** Puts other files in place of all. */
  replace(list: File[]): void {
    this.remember();
    this.list = list.length > 0 ? list : [{ path: 'bot.yaml', text: '', guessed: true }];
    this.shown = 0;
  }

  /** Adds files; one that has the path of another takes its place. */
  add(list: File[]): void {
    this.remember();
    const kept = this.list.filter((file) => file.text !== '' || file.bytes || !file.guessed);
    const others = kept.filter((file) => !list.some(({ path }) => path === file.path));
    this.list = [...others, ...list];
    this.shown = others.length;
  }

  /** An empty file under a name that nothing has. */
  addEmpty(): void {
    this.remember();
    this.list = [...this.list, { path: this.free('bot.yaml'), text: '', guessed: true }];
    this.shown = this.list.length - 1;
  }

  removeShown(): void {
    const shown = this.shown;
    this.replace(this.list.filter((_, number) => number !== shown));
    this.shown = Math.max(0, Math.min(shown, this.list.length - 1));
  }

  /** Another text for the file that is shown. */
  write(text: string): void {
    this.current.text = text;
    this.before = undefined;
  }

  /** Another text for some files, by their paths. */
  rewrite(texts: Map<string, string>): void {
    this.remember();
    this.list = this.list.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text }));
  }

  undo(): void {
    if (!this.before) return;
    ({ list: this.list, shown: this.shown } = this.before);
    this.before = undefined;
  }

  /** The path, or one like it that no other file has. */
  free(path: string, but?: File): string {
    const taken = new Set(this.list.filter((file) => file !== but).map((file) => file.path));
    if (!taken.has(path)) return path;
    const [, stem = '', ending = ''] = /^(.*?)(\.[^./]*)?$/.exec(path) ?? [];
    for (let number = 2; ; number += 1) {
      if (!taken.has(`${stem}-${number}${ending}`)) return `${stem}-${number}${ending}`;
    }
  }

  /** What the linter is given. */
  contents(): Map<string, string | Uint8Array> {
    return new Map(this.list.map((file) => [file.path, file.bytes ?? file.text]));
  }

  private remember(): void {
    this.before = { list: this.list.map((file) => ({ ...file })), shown: this.shown };
  }
}
