// SPDX-License-Identifier: MPL-2.0
//
// A dataset of an HDF5 file, its gradient, and the gradient written beside it. Axes stay what they are in the file.
//
//     hdf5 FILE      FILE with the datasets temperature (three axes), z, y and x (coordinates along them)
//
// Writes dT_dz, dT_dy and dT_dx. hdf5.py makes such a file with h5py, and checks what was written to it.

#include <gridgrad.hpp>

#include <unsupported/Eigen/CXX11/Tensor>

#include <hdf5.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>

using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;

namespace {

/// One of HDF5's identifiers, closed at the end; or, if HDF5 had none to give, the complaint thrown.
class Id {
 public:
  Id(hid_t id, herr_t (*close)(hid_t), const std::string& complaint) : m_id(id), m_close(close) {
    if (id < 0) throw std::runtime_error(complaint);
  }
  ~Id() { m_close(m_id); }
  Id(const Id&) = delete;
  Id& operator=(const Id&) = delete;

  operator hid_t() const { return m_id; }

 private:
  hid_t m_id;
  herr_t (*m_close)(hid_t);
};

/// HDF5 stores datasets by rows, the last index fastest. So do these.
template <int rank>
using Rows = Eigen::Tensor<double, rank, Eigen::RowMajor>;

/// An HDF5 file of datasets of floating-point numbers.
class File {
 public:
  explicit File(const std::string& name)
      : m_id(H5Fopen(name.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "cannot be opened as an HDF5 file") {}

  template <int rank>
  Rows<rank> read(const std::string& name) const {
    const auto complain = [&](const std::string& what) { return "dataset " + name + ' ' + what; };
    const auto check = [&](bool right, const std::string& what) {
      if (!right) throw std::runtime_error(complain(what));
    };
    const Id set(H5Dopen2(m_id, name.c_str(), H5P_DEFAULT), H5Dclose, complain("cannot be opened"));
    const Id type(H5Dget_type(set), H5Tclose, complain("does not say its type"));
    const Id space(H5Dget_space(set), H5Sclose, complain("does not say its extents"));
    check(H5Tget_class(type) == H5T_FLOAT, "does not hold floating-point numbers");

    const int axes = H5Sget_simple_extent_ndims(space);
    check(axes == rank, "has " + std::to_string(axes) + " axes, and should have " + std::to_string(rank));
    std::array<hsize_t, rank> extents;
    check(H5Sget_simple_extent_dims(space, extents.data(), nullptr) == rank, "does not say its extents");

    Eigen::array<Index, rank> shape;
    std::copy(extents.begin(), extents.end(), shape.begin());
    Rows<rank> t(shape);
    // In the file there may be float or double, of either byte order: HDF5 converts.
    check(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, t.data()) >= 0, "cannot be read");
    return t;
  }

  /// Writes a dataset; one of this name that is there already goes.
  template <int rank>
  void write(const std::string& name, const Rows<rank>& t) {
    const auto complain = [&](const std::string& what) { return "dataset " + name + ' ' + what; };
    const auto check = [&](herr_t result, const std::string& what) {
      if (result < 0) throw std::runtime_error(complain(what));
    };
    const htri_t exists = H5Lexists(m_id, name.c_str(), H5P_DEFAULT);
    check(exists, "cannot be looked for");
    if (exists) check(H5Ldelete(m_id, name.c_str(), H5P_DEFAULT), "cannot be deleted");

    std::array<hsize_t, rank> extents;
    for (std::size_t axis = 0; axis < rank; ++axis) extents[axis] = hsize_t(t.dimension(axis));
    const Id space(H5Screate_simple(rank, extents.data(), nullptr), H5Sclose, complain("cannot have these extents"));
    const Id set(H5Dcreate2(m_id, name.c_str(), H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose,
                 complain("cannot be created"));
    check(H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, t.data()), "cannot be written");
    check(H5Fflush(m_id, H5F_SCOPE_LOCAL), "cannot be written");
  }

 private:
  Id m_id;
};

template <class Expression>
double most(const Expression& t) {
  const Eigen::Tensor<double, 0, Eigen::RowMajor> result = t.abs().maximum();
  return result();
}

const char* yesOrNo(bool yes) { return yes ? "yes" : "no"; }

void differentiate(const std::string& name) {
  File file(name);
  const Rows<3> T = file.read<3>("temperature");
  const Rows<1> z = file.read<1>("z"), y = file.read<1>("y"), x = file.read<1>("x");

  auto [Tz, Ty, Tx] = gradient(T, z, y, x, Edge::SecondOrder);  // axis 0 of the file, axis 1, axis 2
  file.write<3>("dT_dz", Tz);
  file.write<3>("dT_dy", Ty);
  file.write<3>("dT_dx", Tx);
  std::printf("temperature: %ld x %ld x %ld samples along z, y, x\n", long(T.dimension(0)), long(T.dimension(1)),
              long(T.dimension(2)));
  std::printf("greatest slope along z %.3f, along y %.3f, along x %.3f\n", most(Tz), most(Ty), most(Tx));

  // For a program whose tensors are stored by columns: the same T(i, j, k) at another place in memory.
  const Eigen::Tensor<double, 3> columns = T.swap_layout().shuffle(std::array<int, 3>{2, 1, 0});
  const Eigen::Tensor<double, 3> slope = derivative<0>(columns, z, Edge::SecondOrder);
  const Rows<3> back = slope.swap_layout().shuffle(std::array<int, 3>{2, 1, 0});
  std::printf("stored by columns, T(1, 2, 3) is the same: %s; and its slope along z: %s\n",
              yesOrNo(columns(1, 2, 3) == T(1, 2, 3)), yesOrNo(most(back - Tz) == 0));

  // The mistake: the bytes of the file in a tensor that is stored by columns.
  const Eigen::TensorMap<const Eigen::Tensor<double, 3>> scrambled(T.data(), T.dimensions());
  const Eigen::TensorMap<const Eigen::Tensor<double, 3>> reversed(T.data(), T.dimension(2), T.dimension(1),
                                                                  T.dimension(0));
  std::printf("with the file's extents, scrambled(1, 0, 0) is T(0, 0, 1): %s\n",
              yesOrNo(scrambled(1, 0, 0) == T(0, 0, 1)));
  std::printf("with its extents reversed, reversed(3, 2, 1) is T(1, 2, 3): %s\n",
              yesOrNo(reversed(3, 2, 1) == T(1, 2, 3)));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: hdf5 FILE\n");
    return 2;
  }
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // failures are ours to tell
  try {
    differentiate(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[1], error.what());
    return 1;
  }
}
