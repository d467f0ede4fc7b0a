#!/usr/bin/env python3
"""How long the language server takes from a keystroke to what it finds: a measurement, not a test.

    python3 benches/keystroke/keystroke.py target/release/botiquette

Types into a file of 2 KB, alone, in a folder of 10,000 files of which few are bots', and in one of which a thousand
are. Prints milliseconds of the whole way: message in, text changed, checked, diagnostics out.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

KEYSTROKES = 200

AUTOMATION = """  - id: job-{n}
    on: {{ mention: {{ exclude: [self, bots] }} }}
    do: {{ reply: "Thank you for {words}, a person reads this within a day." }}
    limits: {{ per-day: {n}, per-user-day: 1 }}
"""


def bot(name, automations):
    head = f"account: {{ handle: '@{name}', platform: mastodon, bot: true, operator: '@kim' }}\nautomations:\n"
    return head + "".join(AUTOMATION.format(n=n + 1, words=f"{name} {n}") for n in range(automations))


def other(number):
    items = "".join(f"  - name: item-{n}\n    size: {n * number}\n    colour: blue\n" for n in range(40))
    return f"title: collection {number}\nitems:\n{items}"


class Editor:
    def __init__(self, binary, folder):
        self.server = subprocess.Popen([binary, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self.send("initialize", {"capabilities": {}, "workspaceFolders": [{"uri": folder.as_uri(), "name": "x"}]}, 1)
        while self.receive().get("id") != 1:
            pass
        self.send("initialized", {})

    def send(self, method, params, number=None):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        text = json.dumps(message).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        self.server.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.server.stdout.readline().strip()) != b"":
            length = int(line.split(b":")[1])
        return json.loads(self.server.stdout.read(length))

    def until_published(self, uri, version):
        while True:
            message = self.receive()
            params = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri:
                if params.get("version") == version:
                    return

    def type(self, path):
        uri, text = path.as_uri(), path.read_text()
        document = {"uri": uri, "languageId": "yaml", "version": 0, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        self.until_published(uri, 0)
        line = text.count("\n") - 1
        column = text.splitlines()[line].index("per-day: ") + len("per-day: ")
        times = []
        for version in range(1, KEYSTROKES + 1):
            end = column if version == 1 else column + 1
            place = {"start": {"line": line, "character": column}, "end": {"line": line, "character": end}}
            change = {"range": place, "text": str(version % 9 + 1)}
            begun = time.perf_counter()
            versioned = {"uri": uri, "version": version}
            self.send("textDocument/didChange", {"textDocument": versioned, "contentChanges": [change]})
            self.until_published(uri, version)
            times.append((time.perf_counter() - begun) * 1000)
        return sorted(times)

    def leave(self):
        self.send("shutdown", None, 2)
        while self.receive().get("id") != 2:
            pass
        self.send("exit", None)
        self.server.wait()


def measure(binary, what, files):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder).resolve()
        for name, text in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        begun = time.perf_counter()
        editor = Editor(binary, folder)
        typed = folder / "typed.yaml"
        times = editor.type(typed)
        ready = (time.perf_counter() - begun) * 1000 - sum(times)
        editor.leave()
    middle, late = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"{what}: median {middle:.2f} ms, 95 of 100 within {late:.2f} ms, most {times[-1]:.2f} ms; ready after {ready:.0f} ms")


def main():
    binary = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "target/release/botiquette").resolve())
    typed = ("typed.yaml", bot("typed", 10))
    print(f"a file of {len(typed[1])} bytes, {KEYSTROKES} keystrokes")
    measure(binary, "alone", [typed])
    few = [(f"bots/{n}.yaml", bot(f"bot-{n}", 10)) for n in range(10)]
    many = [(f"data/{n % 100}/{n}.yaml", other(n)) for n in range(9989)]
    measure(binary, "among 10,000 files, 11 of them bots'", [typed, *few, *many])
    bots = [(f"bots/{n}.yaml", bot(f"bot-{n}", 10)) for n in range(1000)]
    measure(binary, "among 1,000 bots' files", [typed, *bots])


main()
