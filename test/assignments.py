#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
#
# assignments.py EIGEN: fails if the Eigen in this folder assigns anything in a way of its own that nobody has judged.
#
# An assignment with a derivative in it is ours, but where Eigen has a specialisation of its own: ours would be
# ambiguous beside it, or is never asked. assignments.txt lists those of the Eigens that were looked at, and what each
# does with a derivative. A newer Eigen may have more.

import pathlib
import re
import sys


def specialisations(text):
    """The template arguments of each, as one line without what differs between versions and means nothing."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)
    for found in re.finditer(r"\bstruct\s+(Assignment(?:Kind|WithDevice)?)\s*<", text):
        end, depth = found.end(), 1
        while depth and end < len(text):
            depth += {"<": 1, ">": -1}.get(text[end], 0)
            end += 1
        line = re.sub(r"[\s\\]+", " ", text[found.end():end - 1])
        line = re.sub(r"\b(?:typename|const|internal::|std::) ?", "", line).replace(",PermutationIndex", "")
        line = re.sub(r"enable_if<(.*)>::type$", r"enable_if_t<\1>", line)
        line = re.sub(r"\s*([<>,(){}|=])\s*", r"\1", line).replace(",PermutationIndex", "").strip()
        yield f"{found.group(1)}<{line}>".replace(",", ", ")


def main():
    eigen = pathlib.Path(sys.argv[1])
    judged = {line.rstrip() for line in (pathlib.Path(__file__).parent / "assignments.txt").read_text().splitlines()
              if line.startswith("Assignment")}
    headers = [path for path in sorted(eigen.glob("Eigen/**/*")) + sorted(eigen.glob("unsupported/Eigen/**/*"))
               if path.is_file() and path.suffix in ("", ".h", ".hpp", ".inc")]
    found = {}
    for header in headers:
        text = header.read_text(errors="replace")
        for each in specialisations(text) if "Assignment" in text else ():
            found.setdefault(each, header.relative_to(eigen))
    if not any("Dense2Dense" in each for each in found):
        sys.exit(f"{eigen} is no Eigen: it assigns nothing")
    new = [each for each in found if each not in judged]
    for each in new:
        print(f"{found[each]}:\n{each}")
    if new:
        sys.exit("Eigen assigns these in ways of its own, which nobody has judged: does an expression with a "
                 "derivative in it still compile, and is it right if it writes what it reads? See test/assignments.txt")
    print(f"{len(found)} ways to assign, all judged")


main()
