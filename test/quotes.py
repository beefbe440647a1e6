#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
#
# What the documents quote is what the examples say.
#
#     quotes.py ROOT     ROOT is the checkout
#
# In README.md and docs/*.md,
#     ```cpp    is, but for its indentation, lines that follow one another in some docs/examples/*.cpp
#     ```text   is lines that follow one another in some docs/examples/*.out
#     ```diff   changes lines that are in include/
# and every link to a file or a heading of the checkout leads there. Every example is registered and has its output.

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
complaints = []


def lines_of(path):
    return path.read_text(encoding="utf-8").split("\n")


def stripped(lines):
    return [line.strip() for line in lines]


def follow_one_another(block, lines):
    return any(lines[i:i + len(block)] == block for i in range(len(lines) - len(block) + 1))


def without_ends(block):
    while block and not block[0].strip():
        block = block[1:]
    while block and not block[-1].strip():
        block = block[:-1]
    return block


def blocks_and_prose(path):
    """The fenced blocks, as (line number, language, lines), and the lines outside them, as (line number, line)."""
    blocks, prose, language = [], [], None
    for number, line in enumerate(lines_of(path), 1):
        fence = re.match(r"\s*```(.*)$", line)
        if not fence:
            (prose.append((number, line)) if language is None else blocks[-1][2].append(line))
        elif language is None:
            language = fence.group(1).strip()
            blocks.append((number, language, []))
        else:
            language = None
    if language is not None:
        complaints.append(f"{path}: a block is not closed")
    return blocks, prose


def anchors(path):
    """The names of the headings, as links spell them."""
    headings = (re.match(r"#+ +(.*)$", line) for _, line in blocks_and_prose(path)[1])
    texts = (heading.group(1).strip().lower() for heading in headings if heading)
    return {re.sub(r"[^\w\- ]", "", text).replace(" ", "-") for text in texts}


examples = root / "docs" / "examples"
programs = {p.name: stripped(lines_of(p)) for p in sorted(examples.glob("*.cpp"))}
outputs = {p.name: [line.rstrip() for line in lines_of(p)] for p in sorted(examples.glob("*.out"))}
headers = [lines_of(p) for p in sorted((root / "include").rglob("*.hpp"))]
documents = [root / "README.md"] + sorted((root / "docs").glob("*.md"))

for name in programs:
    program = name[:-len(".cpp")]
    if program + ".out" not in outputs:
        complaints.append(f"docs/examples/{name} has no {program}.out beside it")
    if not re.search(rf"gridgrad_example\({program}\b", (examples / "CMakeLists.txt").read_text(encoding="utf-8")):
        complaints.append(f"docs/examples/{name} is not run: docs/examples/CMakeLists.txt does not name it")

count = {"cpp": 0, "text": 0, "diff": 0, "link": 0}
for document in documents:
    blocks, prose = blocks_and_prose(document)
    for number, language, lines in blocks:
        where = f"{document.relative_to(root)}:{number}"
        block = without_ends(lines)
        if language in count:
            count[language] += 1
        if not block:
            complaints.append(f"{where}: the block is empty")
        elif language == "cpp":
            if not any(follow_one_another(stripped(block), program) for program in programs.values()):
                complaints.append(f"{where}: no example has these lines:\n    " + "\n    ".join(block))
        elif language == "text":
            block = [line.rstrip() for line in block]
            if not any(follow_one_another(block, output) for output in outputs.values()):
                complaints.append(f"{where}: no example prints these lines:\n    " + "\n    ".join(block))
        elif language == "diff":
            for line in block:
                if line[:1] in (" ", "-") and not any(line[1:] in header for header in headers):
                    complaints.append(f"{where}: no header has this line: {line[1:]}")
        elif language not in ("sh", "cmake", "python"):
            complaints.append(f"{where}: what is a block of \"{language}\"? Known: cpp, text, diff, sh, cmake, python")
    for number, line in prose:
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
            if re.match(r"[a-z]+:", target):
                continue
            count["link"] += 1
            name, _, heading = target.partition("#")
            path = (document.parent / name).resolve() if name else document
            if not path.exists():
                complaints.append(f"{document.relative_to(root)}:{number}: leads nowhere: {target}")
            elif heading and heading not in anchors(path):
                complaints.append(f"{document.relative_to(root)}:{number}: {name or document.name} has no heading #{heading}")

for complaint in complaints:
    print(complaint)
print(", ".join(f"{n} {what}" for what, n in count.items()), "checked")
if min(count["cpp"], count["text"], count["link"]) == 0:
    sys.exit("Nothing was found to check: is this the right folder?")
sys.exit(1 if complaints else 0)
