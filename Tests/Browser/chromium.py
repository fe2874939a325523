"""Chromium without a window, driven through a pipe (its DevTools protocol): nothing but Python is needed."""

import json
import os
import subprocess
import tempfile

OPTIONS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
           "--no-first-run", "--disable-background-networking", "--remote-debugging-pipe"]


class Page:
    """One page of a browser of its own."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        there, self.out = os.pipe()
        self.source, here = os.pipe()

        def ends():  # The browser reads from 3 and writes to 4.
            a, b = os.dup(there), os.dup(here)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(
            ["chromium", *OPTIONS, f"--user-data-dir={self.profile.name}", "about:blank"],
            preexec_fn=ends, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(there)
        os.close(here)
        self.rest, self.number, self.session = b"", 0, None
        self.events = []
        target = self("Target.createTarget", url="about:blank")["targetId"]
        self.session = self("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Log", "Runtime", "Accessibility"]:
            self(f"{domain}.enable")

    def __call__(self, method, **parameters):
        """Calls a method of the protocol and returns its result; what happens meanwhile goes to `events`."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") != self.number:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            else:
                return answer["result"]

    def read(self):
        while b"\0" not in self.rest:
            some = os.read(self.source, 1 << 20)
            if not some:
                raise RuntimeError("Chromium has ended")
            self.rest += some
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def open(self, address):
        self.events.clear()
        self("Page.navigate", url=address)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.read())

    def look(self, script):
        """What a function's body returns in the page."""
        found = self("Runtime.evaluate", expression=f"(() => {{{script}}})()", returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"])
        return found["result"].get("value")

    def complaints(self):
        """What the console said since the page was opened."""
        said = []
        for event in self.events:
            if event.get("method") == "Log.entryAdded":
                said.append(event["params"]["entry"]["text"])
            elif event.get("method") in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
                said.append(json.dumps(event["params"])[:300])
            elif event.get("method") == "Page.javascriptDialogOpening":
                said.append("a dialog opened")
        return said

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()
