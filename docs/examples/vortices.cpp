// SPDX-License-Identifier: MPL-2.0
//
// The vortices of a flow in three dimensions: vorticity, Q-criterion and lambda2, against their closed forms, written
// as a file that ParaView and VTK open.
//
//     vortices FILE      writes FILE, as vortices.vti
//
// The flow, in a box that repeats itself on all sides, is that of Arnold, Beltrami and Childress,
//     u = A sin z + C cos y,    v = B sin x + A cos z,    w = C sin y + B cos x,
// whose vorticity is the velocity itself. Source: T. Dombre, U. Frisch, J. M. Greene, M. Henon, A. Mehr & A. M. Soward,
// Chaotic streamlines in the ABC flows, Journal of Fluid Mechanics 167 (1986) 353-391, doi:10.1017/S0022112086002859.

#include <gridgrad.hpp>

#include <Eigen/Eigenvalues>
#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

using Eigen::Index;
using gridgrad::Edge;

namespace {

using Scalars = Eigen::Tensor<double, 3>;  // axes x, y, z
using Vectors = Eigen::Tensor<double, 4>;  // the component, then x, y, z

const double pi = std::acos(-1.0), A = std::sqrt(3.0), B = std::sqrt(2.0), C = 1;

/// How many samples there are along each axis, and how far apart. The next after the last is the first again.
struct Grid {
  Index nx, ny, nz;
  double hx = 2 * pi / double(nx), hy = 2 * pi / double(ny), hz = 2 * pi / double(nz);
};

template <class Function>
Scalars sample(const Grid& g, const Function& f) {
  Scalars t(g.nx, g.ny, g.nz);
  for (Index k = 0; k < g.nz; ++k)
    for (Index j = 0; j < g.ny; ++j)
      for (Index i = 0; i < g.nx; ++i) t(i, j, k) = f(double(i) * g.hx, double(j) * g.hy, double(k) * g.hz);
  return t;
}

/// Q should be -1/2 of the trace of the square of the velocity gradient.
double exactQ(double x, double y, double z) {
  return B * C * cos(x) * sin(y) + C * A * cos(y) * sin(z) + A * B * cos(z) * sin(x);
}

/// Lambda2 should be the middle eigenvalue of S^2 + Omega^2.
double exactLambda2(double x, double y, double z) {
  const Eigen::Matrix3d J{{0, -C * sin(y), A * cos(z)}, {B * cos(x), 0, -A * sin(z)}, {-B * sin(x), C * cos(y), 0}};
  const Eigen::Matrix3d S = (J + J.transpose()) / 2, Omega = (J - J.transpose()) / 2, M = S * S + Omega * Omega;
  return Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(M, Eigen::EigenvaluesOnly).eigenvalues()[1];
}

double worst(const Scalars& error) {
  const Eigen::Tensor<double, 0> most = error.abs().maximum();
  return most();
}

struct Fields {
  Vectors velocity, vorticity;
  Scalars Q, lambda2;
  double errors[3];
};

Fields compute(const Grid& g) {
  const Scalars u = sample(g, [](double, double y, double z) { return A * sin(z) + C * cos(y); });
  const Scalars v = sample(g, [](double x, double, double z) { return B * sin(x) + A * cos(z); });
  const Scalars w = sample(g, [](double x, double y, double) { return C * sin(y) + B * cos(x); });

  Fields f{Vectors(3, g.nx, g.ny, g.nz), Vectors(3, g.nx, g.ny, g.nz), {}, {}, {}};
  f.velocity.chip<0>(0) = u;
  f.velocity.chip<0>(1) = v;
  f.velocity.chip<0>(2) = w;

  // Each is computed on its way into the array, in one pass over the velocity.
  auto [ox, oy, oz] = gridgrad::vorticity(u, v, w, g.hx, g.hy, g.hz, Edge::Periodic);
  f.vorticity.chip<0>(0) = ox;
  f.vorticity.chip<0>(1) = oy;
  f.vorticity.chip<0>(2) = oz;
  f.Q = gridgrad::qCriterion(u, v, w, g.hx, g.hy, g.hz, Edge::Periodic);
  f.lambda2 = gridgrad::lambda2(u, v, w, g.hx, g.hy, g.hz, Edge::Periodic);

  f.errors[0] = std::max({worst(ox - u), worst(oy - v), worst(oz - w)});
  f.errors[1] = worst(f.Q - sample(g, exactQ));
  f.errors[2] = worst(f.lambda2 - sample(g, exactLambda2));
  return f;
}

/// Writes a file of VTK's XML format, an ImageData: a few lines of text, then the arrays as they lie in memory. VTK's
/// first axis goes fastest, and that of Eigen's tensors too. Each array follows its size in bytes.
/// Source: https://docs.vtk.org/en/latest/vtk_file_formats/vtkxml_file_format.html
class ImageFile {
 public:
  explicit ImageFile(const Grid& g) : m_grid(g) {}

  void add(const std::string& name, const Scalars& t) { add(name, 1, t.data(), t.size()); }
  void add(const std::string& name, const Vectors& t) { add(name, t.dimension(0), t.data(), t.size()); }

  bool write(const std::string& file) const {
    const Grid& g = m_grid;
    std::ostringstream extent;
    extent << "0 " << g.nx - 1 << " 0 " << g.ny - 1 << " 0 " << g.nz - 1;
    const std::uint16_t one = 1;
    const bool littleEndian = *reinterpret_cast<const unsigned char*>(&one) == 1;

    std::ofstream out(file, std::ios::binary);
    out << "<?xml version=\"1.0\"?>\n<VTKFile type=\"ImageData\" version=\"1.0\" header_type=\"UInt64\" byte_order=\""
        << (littleEndian ? "LittleEndian" : "BigEndian") << "\">\n"
        << "<ImageData WholeExtent=\"" << extent.str() << "\" Origin=\"0 0 0\" Spacing=\"" << std::setprecision(17)
        << g.hx << ' ' << g.hy << ' ' << g.hz << "\">\n<Piece Extent=\"" << extent.str() << "\">\n<PointData>\n"
        << m_names.str() << "</PointData>\n</Piece>\n</ImageData>\n<AppendedData encoding=\"raw\">\n_";
    for (const Array& array : m_arrays) {
      const std::uint64_t bytes = array.bytes;
      out.write(reinterpret_cast<const char*>(&bytes), sizeof bytes);
      out.write(reinterpret_cast<const char*>(array.data), std::streamsize(bytes));
    }
    out << "\n</AppendedData>\n</VTKFile>\n";
    return bool(out.flush());
  }

 private:
  struct Array {
    const double* data;
    std::uint64_t bytes;
  };

  Grid m_grid;
  std::vector<Array> m_arrays;
  std::ostringstream m_names;
  std::uint64_t m_offset = 0;

  void add(const std::string& name, Index components, const double* data, Index size) {
    m_names << "<DataArray type=\"Float64\" Name=\"" << name << "\" NumberOfComponents=\"" << components
            << "\" format=\"appended\" offset=\"" << m_offset << "\"/>\n";
    m_arrays.push_back({data, std::uint64_t(size) * sizeof(double)});
    m_offset += sizeof(std::uint64_t) + m_arrays.back().bytes;
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: vortices FILE\n");
    return 2;
  }

  // Different along each axis, so that no axis could be mistaken for another.
  const Grid coarse{24, 20, 16}, fine{48, 40, 32};
  const Fields before = compute(coarse), f = compute(fine);
  std::printf("Greatest errors, and their order, which should be 2:\n");
  std::printf("%-11s %9s %9s %7s\n", "", "24x20x16", "48x40x32", "order");
  const char* names[] = {"vorticity", "Q-criterion", "lambda2"};
  for (int k = 0; k < 3; ++k)
    std::printf("%-11s %9.1e %9.1e %7.2f\n", names[k], before.errors[k], f.errors[k],
                std::log2(before.errors[k] / f.errors[k]));

  ImageFile image(fine);
  image.add("velocity", f.velocity);
  image.add("vorticity", f.vorticity);
  image.add("Q", f.Q);
  image.add("lambda2", f.lambda2);
  if (!image.write(argv[1])) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[1]);
    return 1;
  }
}
