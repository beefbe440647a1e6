// SPDX-License-Identifier: MPL-2.0
//
// The buffers of a simulation, as they are: rows with padding, cells around the domain that belong to its neighbours,
// structs of several quantities. Eigen looks at them through maps, and gradients are written straight into them.

// Lets Eigen be forbidden to allocate: every copy of a field would end the program. Before Eigen is included.
#define EIGEN_RUNTIME_NO_MALLOC
#include <gridgrad.hpp>

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

using Eigen::Dynamic;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;

namespace {

// ---- What a simulation has. It knows nothing of Eigen.

/// A quantity on ny x nx cells, with `ghosts` more on all sides, whose rows begin `pitch` numbers apart.
struct Patch {
  static constexpr double nothing = -999;
  long nx, ny, ghosts, pitch;
  std::vector<double> memory;

  Patch(long nx_, long ny_, long ghosts_)
      : nx(nx_),
        ny(ny_),
        ghosts(ghosts_),
        pitch((nx + 2 * ghosts + 7) / 8 * 8),
        memory(std::size_t((ny + 2 * ghosts) * pitch), nothing) {}

  double& operator()(long j, long i) { return memory[std::size_t((j + ghosts) * pitch + i + ghosts)]; }
};

/// What it keeps in each cell.
struct Cell {
  double density, u, v, pressure;
};

/// A box of nx x ny x nz cells with one more on all sides, x fastest.
struct Box {
  long nx, ny, nz;
  std::vector<double> memory = std::vector<double>(std::size_t((nx + 2) * (ny + 2) * (nz + 2)), 0.0);

  double& operator()(long i, long j, long k) {
    return memory[std::size_t((i + 1) + (nx + 2) * ((j + 1) + (ny + 2) * (k + 1)))];
  }
};

// ---- How Eigen sees it.

/// Rows that begin `pitch` numbers apart.
using Rows = Eigen::Array<double, Dynamic, Dynamic, Eigen::RowMajor>;
using PatchMap = Eigen::Map<Rows, 0, Eigen::OuterStride<>>;

PatchMap inside(Patch& p) { return {&p(0, 0), p.ny, p.nx, Eigen::OuterStride<>(p.pitch)}; }
PatchMap withGhosts(Patch& p) {
  return {&p(-p.ghosts, -p.ghosts), p.ny + 2 * p.ghosts, p.nx + 2 * p.ghosts, Eigen::OuterStride<>(p.pitch)};
}

/// One member of all cells: rows begin nx structs apart, and the next number is a struct away.
using CellStride = Eigen::Stride<Dynamic, Dynamic>;
using CellMap = Eigen::Map<const Rows, 0, CellStride>;
constexpr Index structSize = sizeof(Cell) / sizeof(double);

CellMap member(const std::vector<Cell>& cells, Index nx, double Cell::*which) {
  return {&(cells[0].*which), Index(cells.size()) / nx, nx, {nx * structSize, structSize}};
}

/// A box with its ghosts is a tensor by columns, since x, its first axis, goes fastest.
using Tensor3 = Eigen::Tensor<double, 3>;
Eigen::TensorMap<Tensor3> withGhosts(Box& b) { return {b.memory.data(), b.nx + 2, b.ny + 2, b.nz + 2}; }

// ---- What is computed.

/// As long as this is there, Eigen may not allocate.
struct NoAllocation {
  NoAllocation() { Eigen::internal::set_is_malloc_allowed(false); }
  ~NoAllocation() { Eigen::internal::set_is_malloc_allowed(true); }
};

void patches() {
  // p = x^2 y + 3y, of which central differences are the derivatives, exactly.
  const double h = 0.5;
  Patch p(10, 6, 2), dpdx(10, 6, 2), dpdy(10, 6, 2);
  for (long j = -2; j < p.ny + 2; ++j)
    for (long i = -2; i < p.nx + 2; ++i) {
      const double x = double(i) * h, y = double(j) * h;
      p(j, i) = x * x * y + 3 * y;
    }
  {
    const NoAllocation here;
    // The ghosts are neighbours: differentiate with them, and take what is inside.
    auto [dy, dx] = gradient(withGhosts(p), h);
    inside(dpdy) = dy.block(p.ghosts, p.ghosts, p.ny, p.nx);
    inside(dpdx) = dx.block(p.ghosts, p.ghosts, p.ny, p.nx);
  }
  double worst = 0;
  for (long j = 0; j < p.ny; ++j)
    for (long i = 0; i < p.nx; ++i) {
      const double x = double(i) * h, y = double(j) * h;
      worst = std::max({worst, std::abs(dpdx(j, i) - 2 * x * y), std::abs(dpdy(j, i) - (x * x + 3))});
    }
  const long untouched = std::count(dpdx.memory.begin(), dpdx.memory.end(), Patch::nothing);
  std::printf("patch: worst error %.1f; ghosts and padding overwritten: %ld\n", worst,
              long(dpdx.memory.size()) - p.nx * p.ny - untouched);

  // Without its ghosts the patch ends at its last cell.
  inside(dpdx) = derivative<1>(inside(p), h, Edge::SecondOrder);
  std::printf("patch without ghosts, at the corner: %.1f, and 2xy is %.1f\n", dpdx(5, 9), 2 * 4.5 * 2.5);
}

void structs() {
  // The velocity (xy, -y^2/2) diverges nowhere. The density is 1 + 2x + 3y.
  const double h = 0.25;
  const Index nx = 9, ny = 7;
  std::vector<Cell> cells;
  for (Index j = 0; j < ny; ++j)
    for (Index i = 0; i < nx; ++i) {
      const double x = double(i) * h, y = double(j) * h;
      cells.push_back({1 + 2 * x + 3 * y, x * y, -y * y / 2, 0});
    }
  std::vector<double> divergence(cells.size()), steepness(cells.size());
  Eigen::Map<Rows> divergenceMap(divergence.data(), ny, nx), steepnessMap(steepness.data(), ny, nx);
  {
    const NoAllocation here;
    const CellMap density = member(cells, nx, &Cell::density);
    const CellMap u = member(cells, nx, &Cell::u), v = member(cells, nx, &Cell::v);
    divergenceMap = gridgrad::divergence(v, u, h, Edge::SecondOrder);  // rows are y, so v goes with axis 0
    auto [dy, dx] = gradient(density, h);
    steepnessMap = dy.square() + dx.square();
  }
  // Into another member of the same structs: computed aside first, since the two lie among each other.
  Eigen::Map<Rows, 0, CellStride> pressure(&cells[0].pressure, ny, nx, {nx * structSize, structSize});
  pressure = derivative<1>(member(cells, nx, &Cell::density), h);
  std::printf("structs: greatest divergence %.1f; steepness squared from %.1f to %.1f; along x %.1f to %.1f\n",
              divergenceMap.abs().maxCoeff(), steepnessMap.minCoeff(), steepnessMap.maxCoeff(), pressure.minCoeff(),
              pressure.maxCoeff());
}

void boxes() {
  // f = xy + z^2, whose derivative along z is 2z.
  Box f{4, 5, 6}, dfdz{4, 5, 6};
  for (long k = -1; k <= f.nz; ++k)
    for (long j = -1; j <= f.ny; ++j)
      for (long i = -1; i <= f.nx; ++i) f(i, j, k) = double(i * j + k * k);
  {
    const NoAllocation here;
    // From buffer to buffer. In the ghosts of the result are one-sided differences, for the simulation to overwrite.
    withGhosts(dfdz) = derivative<2>(withGhosts(f), 1);
  }
  // Into what is inside alone: computed aside first, since a slice is no plain piece of memory.
  const std::array<Index, 3> first{1, 1, 1}, extent{f.nx, f.ny, f.nz};
  Box inner{4, 5, 6};
  withGhosts(inner).slice(first, extent) = derivative<2>(withGhosts(f), 1).slice(first, extent);
  // What is inside, as an expression: nothing is computed but its sum.
  const Eigen::Tensor<double, 0> sum = derivative<2>(withGhosts(f), 1).slice(first, extent).sum();
  std::printf("box: df/dz at z = 0, 3 and 5: %.1f %.1f %.1f; its sum %.1f\n", dfdz(0, 0, 0), dfdz(3, 4, 3),
              inner(3, 4, 5), sum());
  std::printf("box, a ghost: %.1f where all is written, %.1f where a slice is\n", dfdz(3, 4, 6), inner(3, 4, 6));
}

}  // namespace

int main() {
  patches();
  structs();
  boxes();
}
