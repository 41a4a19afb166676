"""A small archive from end to end: with bad lines, a file that breaks off, one of many parts, a worker that fails once.

Needs pyspark in this Python, and the command as NUTGRAF. `cargo xtask test --only spark` sees to both.
"""

import bz2
import gzip
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

NUTGRAF = os.environ["NUTGRAF"]
SCRIPT = Path(__file__).with_name("summarize.py")

TEXT = """The council of Tarrow voted on Tuesday to close the harbor bridge for a year of repairs.
Mayor Ida Quist said that the work of year {n} would cost {n} million crowns. It starts in May.
Ferries will run every ten minutes. Shopkeepers fear for their trade. Orme sells rope.
The bridge was built in 1931. Engineers found cracks in {n} piers last winter."""

# Fails once, in the midst of its work, and then never again.
FLAKY = """#!/bin/sh
if mkdir "{marker}" 2>/dev/null; then
  head -n 1 | "{nutgraf}" "$@"
  exit 3
fi
exec "{nutgraf}" "$@"
"""


def article(n):
    return json.dumps({"id": f"article {n}", "title": f"Bridge {n} to close", "text": TEXT.format(n=n)}) + "\n"


def articles(*numbers):
    return "".join(map(article, numbers)).encode()


def script(path, text):
    path.write_text(text)
    path.chmod(0o755)
    return path


class Archive(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.input, self.output = self.folder / "in", self.folder / "out"
        (self.input / "2026").mkdir(parents=True)

    def write(self, name, content, pack=gzip.compress):
        (self.input / name).write_bytes(pack(content))

    def summarize(self, nutgraf, *options):
        command = [sys.executable, SCRIPT, self.input, self.output, "--nutgraf", nutgraf, "--split", "65536", *options]
        return subprocess.run(command).returncode

    def failures(self):
        return [json.loads(line) for line in (self.output / "failures.jsonl").read_text().splitlines()]

    def check(self, name, content):
        """Whether an output is what the command alone makes of all lines."""
        alone = subprocess.run([NUTGRAF, "batch", "--sentences", "2"], input=content, stdout=subprocess.PIPE, check=True)
        self.assertEqual(gzip.decompress((self.output / name).read_bytes()), alone.stdout, name)

    def test_an_archive_with_all_that_goes_wrong(self):
        bad = articles(1) + b'{"id": "no text"}\n\n' + articles(2) + b"no JSON\n" + articles(3, 4)
        large = articles(*range(500)) + b'{"id": 500, "text": 7}\n' + articles(*range(501, 1_000))
        self.assertGreater(len(large), 5 * 65_536)
        packed = articles(*range(20))
        good = articles(*range(40))
        self.write("bad lines.jsonl.gz", bad)
        self.write("2026/large [1].jsonl", large, bytes)
        self.write("2026/packed.jsonl.bz2", packed, bz2.compress)
        self.write("empty.jsonl.gz", b"")
        self.write("broken.jsonl.gz", good, lambda content: gzip.compress(content)[:200])
        self.write("no gzip.jsonl.gz", good, bytes)
        (self.input / "README.txt").write_text("not of the archive")
        marker = self.folder / "failed once"
        flaky = script(self.folder / "flaky.sh", FLAKY.format(marker=marker, nutgraf=NUTGRAF))

        self.assertEqual(self.summarize(flaky, "--", "--sentences", "2"), 1)
        self.assertTrue(marker.is_dir(), "a worker failed")
        self.check("bad lines.jsonl.gz", bad)
        self.check("2026/large [1].jsonl.gz", large)
        n_parts = (self.output / "2026/large [1].jsonl.gz").read_bytes().count(gzip.compress(b"")[:3])
        self.assertGreaterEqual(n_parts, 5, "it was worked on in parts")
        self.check("2026/packed.jsonl.gz", packed)
        self.check("empty.jsonl.gz", b"")
        rows = self.failures()
        files = {row["file"]: row["code"] for row in rows if "line" not in row}
        self.assertEqual(files, {"broken.jsonl.gz": "unreadable", "no gzip.jsonl.gz": "unreadable"})
        lines = [(row["file"], row["line"], row["id"], row["code"]) for row in rows if "line" in row]
        expected = [
            ("2026/large [1].jsonl", 501, 500, "bad-json"),
            # Blank lines have no answer and are not counted.
            ("bad lines.jsonl.gz", 2, "no text", "no-input"),
            ("bad lines.jsonl.gz", 4, None, "bad-json"),
        ]
        self.assertEqual(lines, expected)
        self.assertTrue(all(row["message"] for row in rows))

        # The file is mended, and the archive grows. What is done stays as it is; the manifest is still whole.
        self.write("broken.jsonl.gz", good)
        (self.input / "no gzip.jsonl.gz").unlink()
        done = {file: file.stat().st_mtime_ns for file in self.output.rglob("*.jsonl.gz")}
        self.assertEqual(self.summarize(NUTGRAF, "--", "--sentences", "2"), 0)
        self.check("broken.jsonl.gz", good)
        self.assertEqual({file: file.stat().st_mtime_ns for file in done}, done)
        self.assertEqual(self.failures(), [row for row in rows if "line" in row])
        self.assertEqual([path for path in self.output.rglob("*.work")], [])

    def test_a_command_that_always_fails_is_said_to(self):
        self.write("a.jsonl.gz", articles(1))
        broken = script(self.folder / "broken.sh", "#!/bin/sh\ncat > /dev/null\nexit 7\n")
        self.assertEqual(self.summarize(broken, "--tries", "2"), 1)
        failure = {"file": "a.jsonl.gz", "code": "command-failed", "message": "nutgraf ended with exit code 7"}
        self.assertEqual(self.failures(), [failure])
        self.assertEqual(list(self.output.glob("a.jsonl.gz*")), [])


if __name__ == "__main__":
    unittest.main()
