#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
#
# against.py COMMIT FOLDER: the headers of an earlier commit, in FOLDER, as another library: all that is called gridgrad
# in them is called gridgrad_before, its macros too. So both can be included in one program.

import io, pathlib, re, subprocess, sys, tarfile

commit, folder = sys.argv[1], pathlib.Path(sys.argv[2])
root = pathlib.Path(__file__).resolve().parents[2]
archive = subprocess.run(["git", "-C", root, "archive", commit, "include"], check=True, stdout=subprocess.PIPE).stdout
headers = tarfile.open(fileobj=io.BytesIO(archive))
for member in headers:
    if member.isfile():
        text = headers.extractfile(member).read().decode()
        text = re.sub(r"\bgridgrad\b", "gridgrad_before", text)
        text = re.sub(r"\bGRIDGRAD_", "GRIDGRAD_BEFORE_", text)
        if member.name.endswith("own_assignment.hpp"):
            # Of Eigen's own types things can be said but once: today's are.
            text = "".join(line for line in text.splitlines(True) if line.startswith("#"))
        path = folder / pathlib.Path(member.name.replace("gridgrad", "gridgrad_before")).relative_to("include")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
