# SPDX-License-Identifier: MPL-2.0
#
# A recipe for Conan 2. As in Conan's own index, the version and where its archive is come from outside: a conandata.yml
# beside this file, with sources[version] = {url, sha256}.

import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, get
from conan.tools.layout import basic_layout

required_conan_version = ">=2.0"


class GridgradConan(ConanFile):
    name = "gridgrad"
    description = "numpy.gradient for Eigen: finite differences of sampled data"
    license = "MPL-2.0"
    topics = ("eigen", "numpy", "gradient", "finite-differences", "vector-calculus", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True

    def layout(self):
        basic_layout(self, src_folder="src")

    def requirements(self):
        self.requires("eigen/3.4.0", transitive_headers=True)

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 17)

    def source(self):
        get(self, **self.conan_data["sources"][self.version], strip_root=True)

    def package(self):
        copy(self, "*.hpp", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))
        copy(self, "LICENSE", os.path.join(self.source_folder, "docs"), os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_file_name", "gridgrad")
        self.cpp_info.set_property("cmake_target_name", "gridgrad::gridgrad")
        self.cpp_info.set_property("pkg_config_name", "gridgrad")
