#!/usr/bin/env python3
"""Draws the places of the gold set: 250 of each of two novels, the same ones each time.

A place is a run of whole sentences of one paragraph, of at least 200 characters where the paragraph has as many.

    python3 sample.py FOLDER_OF_THE_NOVELS [OUTPUT_FOLDER]

Writes one line per place: its offset and length in UTF-16 code units of the file's text as it stands on disk (line ends
included), its stratum, and the first 12 hex digits of the SHA-256 of its text in UTF-8. No text of the novels is written.
Standard library only; no random number generator, so that every version of every language draws the same places.
"""
import hashlib
import os
import re
import sys

SEED = "storylsp-gold-1"
NOVELS = {"styles": "The Mysterious Affair at Styles.md", "scarlet": "A Study in Scarlet.md"}
CAPITAL, UNIFORM = 195, 55  # places of each stratum in each novel
SHORTEST = 200  # characters; a piece grows by sentences until it has as many

# After these a full stop ends no sentence.
TITLES = {"Mr", "Mrs", "Ms", "Dr", "St", "Esq", "No", "Messrs", "Lt", "Col", "Capt", "Rev", "Prof", "Inst", "Viz"}
SENTENCE_END = re.compile(r"""[.!?]+["'’”)\]_]*\s+(?=["'“‘(\[_]*[A-Z0-9À-Þ])""")
LAST_WORD = re.compile(r"(\w+)[.!?]+[\"'’”)\]_]*\s+$")
# A capital inside a sentence: after a word, a comma or a title's full stop. The pronoun I is none.
INNER_CAPITAL = re.compile(r"""(?:[\w,;]|\b(?:Mrs?|Dr|St)\.)\s+(?!I\b)[A-ZÀ-Þ]""")


def pieces(text):
    """Yields (start, end) of each piece of each paragraph; headings and rules are left out."""
    at = 0
    for line in text.split("\n"):
        body = line.rstrip()
        if body and not body.startswith(("#", "---", "**")):
            start = 0
            for end in SENTENCE_END.finditer(body):
                last = LAST_WORD.search(body[start:end.end()])
                if last and end.group().startswith(".") and (last.group(1).capitalize() in TITLES or len(last.group(1)) == 1):
                    continue
                if end.end() - start < SHORTEST:
                    continue
                yield at + start, at + start + len(body[start:end.end()].rstrip())
                start = end.end()
            yield at + start, at + len(body)
        at += len(line) + 1


def has_inner_capital(piece):
    """True if a word that begins no sentence begins with a capital and is not the pronoun I."""
    return INNER_CAPITAL.search(piece) is not None


def rank(novel, start):
    """The place's lot: those with the lowest hashes are drawn."""
    return hashlib.sha256(f"{SEED}:{novel}:{start}".encode()).hexdigest()


def units(text):
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def draw(novel, text):
    """The places drawn, in the order of the text, each as (start, end, stratum)."""
    lots = sorted(((rank(novel, s), s, e) for s, e in pieces(text)))
    capital = [(s, e, "capital") for _, s, e in lots if has_inner_capital(text[s:e])][:CAPITAL]
    taken = {s for s, _, _ in capital}
    uniform = [(s, e, "uniform") for _, s, e in lots if s not in taken][:UNIFORM]
    return sorted(capital + uniform)


def main():
    novels = sys.argv[1]
    out = sys.argv[2] if len(sys.argv) > 2 else os.path.dirname(os.path.abspath(__file__))
    for novel, name in NOVELS.items():
        with open(os.path.join(novels, name), encoding="utf-8", newline="") as f:
            text = f.read()
        with open(os.path.join(out, f"{novel}.places.tsv"), "w", encoding="utf-8", newline="\n") as f:
            f.write("place\toffset\tlength\tstratum\tsha256\n")
            for number, (s, e, stratum) in enumerate(draw(novel, text), 1):
                digest = hashlib.sha256(text[s:e].encode()).hexdigest()[:12]
                f.write(f"{novel}-{number:03}\t{units(text[:s])}\t{units(text[s:e])}\t{stratum}\t{digest}\n")


if __name__ == "__main__":
    main()
