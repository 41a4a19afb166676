"""Summarizers of sumy, timed on articles. Called by `cargo xtask bench peers`.

In: a file of articles, {"id", "text"} a line, and for how many milliseconds each article is read by each of
them. Out: {"peer", "id", "ns", "sentences"} a line: the median, and what was chosen. Time runs from the text to
the sentences, as with all peers; the tokenizer's data is loaded before.
"""

import json
import re
import statistics
import sys
import time

from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

N = 3
# A peer that took longer for an article, in seconds, is given no longer one.
LIMIT = 4.0


class Words:
    """sumy's own tokenizer needs data of NLTK's that comes from a server of its own. This is as fast as the
    naive one of many programs that use it, and faster than NLTK's."""

    _sentence = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")
    _word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
    language = "english"

    def to_sentences(self, paragraph):
        return tuple(s for s in (s.strip() for s in self._sentence.split(paragraph)) if s)

    def to_words(self, sentence):
        return tuple(self._word.findall(sentence))


def tokenizer():
    try:
        own = Tokenizer("english")
        own.to_sentences("Is it there? It is.")
        return own
    except (LookupError, OSError):
        return Words()


def main():
    articles, budget = sys.argv[1], float(sys.argv[2]) / 1e3
    tokens = tokenizer()
    print(f"sumy's words and sentences: {type(tokens).__module__}.{type(tokens).__name__}", file=sys.stderr)
    peers = {}
    for name, kind in (("TextRank", TextRankSummarizer), ("LexRank", LexRankSummarizer), ("LSA", LsaSummarizer)):
        peers[f"sumy 0.11.0 {name}"] = kind(Stemmer("english"))
        peers[f"sumy 0.11.0 {name}"].stop_words = get_stop_words("english")
    longest = {}
    with open(articles, encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            for peer, summarizer in peers.items():
                if len(article["text"]) > longest.get(peer, float("inf")):
                    continue
                times, started = [], time.perf_counter()
                while True:
                    before = time.perf_counter_ns()
                    document = PlaintextParser.from_string(article["text"], tokens).document
                    sentences = summarizer(document, N)
                    times.append(time.perf_counter_ns() - before)
                    spent = time.perf_counter() - started
                    if spent > budget and (len(times) > 2 or spent > 3 * budget):
                        break
                if statistics.median(times) > LIMIT * 1e9:
                    longest[peer] = len(article["text"])
                row = {"peer": peer, "id": article["id"], "ns": int(statistics.median(times)), "sentences": [str(s) for s in sentences]}
                print(json.dumps(row, ensure_ascii=False))


main()
