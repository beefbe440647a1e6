# SPDX-License-Identifier: MPL-2.0
"""Writes a header that gives namespace greedy a function by every name that a function of ours has.

    greedy_names.py INCLUDE HEADER

Each takes whatever it is given. Who so much as looks at one, because a call is not qualified and some argument has a
type of that namespace, does not compile: so it shows even where ours would have been the better match."""

import pathlib
import re
import sys

# Of the standard library's, those that the library uses.
names = set("addressof apply copy declval fill forward forward_as_tuple get make_shared max min move".split())

# Functions in a namespace begin at the left margin: after `template <…>`, on a line of their own.
for header in pathlib.Path(sys.argv[1]).rglob("*.hpp"):
    for line in header.read_text().splitlines():
        if re.match(r"(?!namespace|using|class|struct|enum|static_assert|template|return)[A-Za-z_\[]", line):
            function = re.search(r"\b([a-z]\w*)\(", re.sub(r"decltype\(.*?\)|__attribute__\(\(.*?\)\)", "", line))
            if function:
                names.add(function.group(1))
names -= {"int", "size_t", "bool"}
assert {"curl", "periodic", "convert", "isFinite", "share", "checkServesAll", "readsWritten"} <= names

heads = [
    ("class X = void, class Y = void, class... T", "X, Y, T..."),
    ("auto k, auto... l, class... T", "T..."),
    ("class X, auto k, auto... l, class... T", "X, T..."),
    ("auto k, class X, class... T", "X, T..."),
]
lines = [
    "// Written by greedy_names.py.",
    "#pragma once",
    "namespace greedy {",
    "template <class...> constexpr bool never = false;",
    "template <class... T> struct Caught {",
    '  static_assert(never<T...>, "a call that is not qualified looks at the program\'s own functions");',
    "  using type = double;",
    "};",
]
for name in sorted(names):
    lines += [f"template <{head}> typename Caught<{types}>::type {name}(T&&...);" for head, types in heads]
header = pathlib.Path(sys.argv[2])
header.parent.mkdir(parents=True, exist_ok=True)
header.write_text("\n".join(lines + ["}  // namespace greedy", ""]))
