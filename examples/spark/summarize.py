"""Summarizes an archive, a folder of compressed JSON lines, with `nutgraf batch` under Apache Spark.

In: files *.jsonl, or with .gz, .bz2 or .zst behind it, in a folder and those below. Out: for each of them a
.jsonl.gz of the same name with an answer a line, in the order of the lines; and failures.jsonl, which lists what
got no summary: lines, with the code and message of their answer, and files that could not be read to their end.

Each file is a job of Spark's: its parts are piped through `nutgraf batch`, a part that fails is tried again, and
a file that fails in the end costs itself alone. A file is done when its output is there, which is put there as
a whole. So the same command again goes on where the last run stopped, and tries again what failed.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from py4j.protocol import Py4JJavaError
from pyspark import SparkConf, SparkContext

SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.bz2", ".jsonl.zst")
GZIP = "org.apache.hadoop.io.compress.GzipCodec"
# What a refusal has right behind its id, and a summary has not.
ERROR = '"error":{"code":"'


def main():
    arguments, batch_options = parse(sys.argv[1:])
    inputs = list_inputs(arguments.input, arguments.output)
    todo = [(file, output) for file, output in inputs if not output.exists()]
    print(f"{len(inputs)} files, {len(inputs) - len(todo)} of them done before", flush=True)
    failures = []
    if todo:
        context = start_spark(arguments)
        command = shlex.join([find_command(arguments.nutgraf), "batch", "--jobs", "1", *batch_options])

        def work(pair):
            return summarize(context, command, *pair, arguments)

        try:
            with ThreadPoolExecutor(arguments.files) as pool:
                failures = [failure for failure in pool.map(work, todo) if failure]
        finally:
            context.stop()
    n_lines = write_failures(arguments.output, [output for _, output in inputs], failures)
    print(f"{len(failures)} files and {n_lines} lines without a summary: {arguments.output / 'failures.jsonl'}")
    return 1 if failures else 0


def parse(argv):
    """Our options, and behind `--` those of `nutgraf batch`."""
    at = argv.index("--") if "--" in argv else len(argv)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], epilog="What follows -- goes to nutgraf batch.")
    parser.add_argument("input", type=Path, help="folder of the archive")
    parser.add_argument("output", type=Path, help="folder for the summaries")
    parser.add_argument("--nutgraf", default="nutgraf", help="the command; on all machines the same path")
    parser.add_argument("--master", help="where Spark runs; by default what spark-submit says, else this machine")
    parser.add_argument("--files", type=int, default=4, help="files worked on at the same time (default: 4)")
    parser.add_argument("--split", type=int, default=32 << 20, metavar="BYTES", help="most of a .jsonl or .bz2 that is one part (default: 32 MiB)")
    parser.add_argument("--tries", type=int, default=4, help="how often a part is tried (default: 4)")
    arguments = parser.parse_args(argv[:at])
    arguments.input, arguments.output = arguments.input.resolve(), arguments.output.resolve()
    return arguments, argv[at + 1 :]


def list_inputs(folder, output_folder):
    """The files of the archive, each with its output."""
    if not folder.is_dir():
        sys.exit(f"{folder} is no folder")
    pairs = {}
    for file in sorted(path for path in folder.rglob("*") if path.name.endswith(SUFFIXES)):
        name = file.relative_to(folder)
        output = output_folder / name.with_name(name.name.partition(".jsonl")[0] + ".jsonl.gz")
        if output in pairs:
            sys.exit(f"{pairs[output]} and {file} would have the same output, {output}")
        if "," in str(file):
            sys.exit(f"{file} has a comma in its name, which Spark takes for the end of it; rename it")
        pairs[output] = file
    return [(file, output) for output, file in pairs.items()]


def find_command(name):
    path = shutil.which(name)
    if not path:
        sys.exit(f"there is no {name}; install it with: cargo install --path . (or say --nutgraf PATH)")
    # Spark starts it without our PATH.
    return str(Path(path).resolve())


def start_spark(arguments):
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setAppName("nutgraf batch").set("spark.task.maxFailures", str(arguments.tries))
    conf.set("spark.ui.showConsoleProgress", "false")
    # A line ends at a line feed and nowhere else, as it does for nutgraf.
    conf.set("spark.hadoop.textinputformat.record.delimiter", "\n")
    if arguments.master:
        conf.setMaster(arguments.master)
    elif not conf.contains("spark.master"):
        # A cluster of two machines, which are processes: what works here works on real ones.
        conf.setMaster(f"local-cluster[2,{max(1, (os.cpu_count() or 2) // 2)},1024]")
        conf.set("spark.ui.enabled", "false")
    context = SparkContext(conf=conf)
    context.setLogLevel("OFF" if conf.get("spark.master").startswith("local") else "WARN")
    return context


def summarize(context, command, file, output, arguments):
    """Summarizes one file. Returns nothing, or what went wrong."""
    name = str(file.relative_to(arguments.input))
    rows = failures_of(output, arguments.output)
    work = output.with_name(output.name + ".work")
    shutil.rmtree(work, ignore_errors=True)
    for folder in (work.parent, rows.parent):
        folder.mkdir(parents=True, exist_ok=True)
    lines = context.textFile(pattern(file), max(1, -(-file.stat().st_size // arguments.split)))
    answers = lines.pipe(command, checkCode=True)
    try:
        answers.saveAsTextFile(f"file:{work}/answers", GZIP)
        parts = sorted((work / "answers").glob("part-*.gz"))
        saved = context.textFile(",".join(map(pattern, parts)))
        refused = saved.zipWithIndex().filter(is_refusal).map(refusal).collect()
    except Py4JJavaError as error:
        shutil.rmtree(work)
        failure = {"file": name, **cause(error.java_exception)}
        print(f"{name}: {failure['code']}: {failure['message']}", flush=True)
        return failure
    with open(rows, "w", encoding="utf-8") as out:
        for row in refused:
            print(json.dumps({"file": name, **row}, ensure_ascii=False), file=out)
    with open(work / "all.gz", "wb") as out:
        # Gzip files one after the other are one gzip file.
        for part in parts:
            with open(part, "rb") as source:
                shutil.copyfileobj(source, out)
    os.replace(work / "all.gz", output)
    shutil.rmtree(work)
    print(f"{name}: done, {len(refused)} lines refused", flush=True)
    return None


def pattern(path):
    """A path as Spark reads it: what would match other names stands for itself."""
    return "file:" + re.sub(r"[\\{}\[\]*?]", r"\\\g<0>", str(path))


def is_refusal(pair):
    line, _ = pair
    return ERROR in line and "error" in json.loads(line)


def refusal(pair):
    line, index = pair
    answer = json.loads(line)
    return {"line": index + 1, "id": answer["id"], **answer["error"]}


def cause(exception):
    """Why a job failed: what its last try failed with."""
    text = str(exception)
    while exception.getCause():
        exception = exception.getCause()
        text += f"\n{exception.toString()}"
    if "PIPE_FUNCTION_EXITED" in text or "Pipe function" in text:
        codes = [line.rsplit("error code", 1)[1].strip(" .") for line in text.splitlines() if "error code" in line]
        return {"code": "command-failed", "message": f"nutgraf ended with exit code {codes[-1] if codes else 'unknown'}"}
    return {"code": "unreadable", "message": text.splitlines()[-1]}


def failures_of(output, folder):
    """Where the refused lines of a file are noted when it is done."""
    return folder / "failures" / output.relative_to(folder).with_suffix("")


def write_failures(folder, outputs, failures):
    """Writes the manifest: files first, then lines, those of earlier runs too. Returns how many lines."""
    folder.mkdir(parents=True, exist_ok=True)
    n_lines = 0
    with open(folder / "failures.jsonl", "w", encoding="utf-8") as out:
        for failure in failures:
            print(json.dumps(failure, ensure_ascii=False), file=out)
        for output in outputs:
            if output.exists():
                rows = failures_of(output, folder).read_text(encoding="utf-8")
                n_lines += rows.count("\n")
                out.write(rows)
    return n_lines


if __name__ == "__main__":
    sys.exit(main())
