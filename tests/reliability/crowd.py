"""Many clients at once: `make crowd CLIENTS=200 SECONDS=60` serves a folder, lets them all read and ask without pause, and says what they got.

Nobody may get anything but an answer (200), or the word that all workers are busy (503 with Retry-After); afterwards the server is well.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
_RUN = "import sys; from kg.serve import serve; serve(sys.argv[1], port=0)"
PATHS = (
    "/", "/search?q=" + quote("포럼"), "/ask/co-hosts", "/ask?q=" + quote("2024년에 열린 행사는?"), "/timeline", "/ontology", "/reconcile",
    "/sparql?query=" + quote("SELECT ?s ?n { ?s a <https://w3id.org/presskg/ontology#Person> ; "
                             "<http://www.w3.org/2004/02/skos/core#prefLabel> ?n } LIMIT 50"),
)  # fmt: skip


class Crowd:
    """What clients got, and when each answer was there."""

    def __init__(self, port: int, end: float) -> None:
        self.port, self.end = port, end
        self.came: Counter[str] = Counter()
        self.took: list[float] = []
        self._lock = threading.Lock()

    def client(self, number: int) -> None:
        """One client, on one connection while it lasts, until the end."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        while time.monotonic() < self.end:
            number += 1
            start = time.monotonic()
            try:
                line.request("GET", PATHS[number % len(PATHS)])
                answer = line.getresponse()
                answer.read()
                what = str(answer.status) if answer.status != 503 or answer.headers.get("Retry-After") else "503 without a word"
            except (OSError, http.client.HTTPException) as error:
                what = type(error).__name__
                line.close()
            with self._lock:
                self.came[what] += 1
                self.took.append(time.monotonic() - start)
        line.close()


def crowd(out: Path, clients: int, seconds: float) -> Crowd:
    """Serve a folder and let the clients ask."""
    server = subprocess.Popen([sys.executable, "-c", _RUN, str(out)], stderr=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert server.stderr is not None
        line = server.stderr.readline()
        port = int(line.split(" at ")[1].split()[0].rstrip("/").rpartition(":")[2])
        made = Crowd(port, time.monotonic() + seconds)
        threads = [threading.Thread(target=made.client, args=(number,), daemon=True) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        last = Crowd(port, time.monotonic() + 1)
        last.client(0)
        made.came["well afterwards" if set(last.came) == {"200"} else f"afterwards {dict(last.came)}"] += 1
        return made
    finally:
        server.terminate()
        server.wait(20)


def main() -> None:
    """Serve, ask, and say what came of it; 1 where a client got anything else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    made = crowd(asked.out, asked.clients, asked.seconds)
    took = sorted(made.took)
    print(f"{asked.clients} clients, {asked.seconds:g} s: {dict(made.came)}")
    print(f"half of the answers within {took[len(took) // 2]:.2f} s, 99 of 100 within {took[len(took) * 99 // 100]:.2f} s")
    sys.exit(set(made.came) - {"200", "503", "well afterwards"} != set())


if __name__ == "__main__":
    main()
