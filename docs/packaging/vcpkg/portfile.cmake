# SPDX-License-Identifier: MPL-2.0
#
# A port for vcpkg. OWNER and SHA512 are of the archive that is packaged.

vcpkg_from_github(
  OUT_SOURCE_PATH SOURCE_PATH
  REPO OWNER/gridgrad
  REF "v${VERSION}"
  SHA512 0
  HEAD_REF main)

# Headers only: there is nothing to build, and nothing of a debug build to keep.
set(VCPKG_BUILD_TYPE release)
vcpkg_cmake_configure(SOURCE_PATH "${SOURCE_PATH}" OPTIONS -DGRIDGRAD_BUILD_TESTS=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH share/cmake/gridgrad)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/lib" "${CURRENT_PACKAGES_DIR}/share/cmake")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/docs/LICENSE")
