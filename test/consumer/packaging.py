# SPDX-License-Identifier: MPL-2.0
#
# The recipes of docs/packaging, as far as they can be tried without Conan and vcpkg: what they call is stood in for, by
# functions that do in a folder what these tools would.
#
#     packaging.py ROOT FOLDER CMAKE_COMMAND     ROOT is the checkout, FOLDER is filled

import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import types

root, folder, cmake = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
headers = {p.relative_to(root / "include") for p in (root / "include").rglob("*.hpp")}
version = ".".join(re.findall(r"define GRIDGRAD_VERSION_\w+ (\d+)", (root / "include/gridgrad/version.hpp").read_text()))
shutil.rmtree(folder, ignore_errors=True)


def has_all_headers(prefix):
    installed = {p.relative_to(prefix / "include") for p in (prefix / "include").rglob("*.hpp")}
    assert installed == headers, installed ^ headers


def copy(_, pattern, source, destination):
    for path in pathlib.Path(source).rglob(pattern):
        to = pathlib.Path(destination) / path.relative_to(source)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)


# Conan
standing_in = {
    "conan": {"ConanFile": object},
    "conan.tools": {},
    "conan.tools.build": {"check_min_cppstd": None},
    "conan.tools.files": {"copy": copy, "get": None},
    "conan.tools.layout": {"basic_layout": None},
}
for name, names in standing_in.items():
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(names)
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("conanfile", root / "docs/packaging/conanfile.py")
recipe = importlib.util.module_from_spec(spec)
spec.loader.exec_module(recipe)
package = recipe.GridgradConan()
package.source_folder, package.package_folder = root, folder / "conan"
package.package()
has_all_headers(folder / "conan")
assert (folder / "conan/licenses/LICENSE").exists()

# vcpkg
port = root / "docs/packaging/vcpkg"
assert json.loads((port / "vcpkg.json").read_text())["version-semver"] == version, f"gridgrad is {version}"
packages = folder / "vcpkg"
(folder / "vcpkg.cmake").write_text(f"""
set(CURRENT_PACKAGES_DIR "{packages}")
set(VERSION {version})
function(vcpkg_from_github)
  set(SOURCE_PATH "{root}" PARENT_SCOPE)
endfunction()
function(run)
  execute_process(COMMAND ${{ARGV}} RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${{ARGV}}")
  endif()
endfunction()
function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "SOURCE_PATH" "OPTIONS")
  run("{cmake}" -S "${{arg_SOURCE_PATH}}" -B "{folder}/build" -DCMAKE_INSTALL_PREFIX=${{CURRENT_PACKAGES_DIR}} ${{arg_OPTIONS}})
endfunction()
function(vcpkg_cmake_install)
  run("{cmake}" --install "{folder}/build")
endfunction()
function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "CONFIG_PATH" "")
  file(RENAME "${{CURRENT_PACKAGES_DIR}}/${{arg_CONFIG_PATH}}" "${{CURRENT_PACKAGES_DIR}}/share/gridgrad")
endfunction()
function(vcpkg_fixup_pkgconfig)
endfunction()
function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "FILE_LIST")
  file(COPY ${{arg_FILE_LIST}} DESTINATION "${{CURRENT_PACKAGES_DIR}}/share/gridgrad")
endfunction()
include("{port}/portfile.cmake")
""")
subprocess.run([cmake, "-P", folder / "vcpkg.cmake"], check=True)
has_all_headers(packages)
left = sorted(str(p.relative_to(packages)) for p in packages.rglob("*") if p.is_file() and p.suffix != ".hpp")
assert left == ["share/gridgrad/LICENSE", "share/gridgrad/gridgrad-config-version.cmake",
                "share/gridgrad/gridgrad-config.cmake", "share/gridgrad/gridgrad-targets.cmake",
                "share/pkgconfig/gridgrad.pc"], left
