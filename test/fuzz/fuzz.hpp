// SPDX-License-Identifier: MPL-2.0
//
// One case: a tree with sizes, spacings, edges, memory and samples of its own, all drawn from a seed, assigned, and
// compared with its evaluation by hand.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <array>
#include <complex>
#include <cstdint>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gridgrad.hpp>
#include <gridgrad/tensor.hpp>

#include "by_hand.hpp"

namespace fuzz {

using Eigen::Array;
using Eigen::Dynamic;
using Eigen::Map;
using Complex = std::complex<double>;

template <class Scalar>
constexpr Type typeOf = std::is_same<Scalar, int>::value      ? Type::Int
                        : std::is_same<Scalar, float>::value  ? Type::Float
                        : std::is_same<Scalar, double>::value ? Type::Double
                                                              : Type::Complex;

/// Lines without gaps between their samples, but perhaps between them; and any strides at all.
template <class Plain>
using Lines = Map<Plain, Eigen::Unaligned, Eigen::OuterStride<>>;
template <class Plain>
using Strided = Map<Plain, Eigen::Unaligned, Eigen::Stride<Dynamic, Dynamic>>;

enum class Assign { Set, Plus, Minus, Times };

class Case {
 public:
  Case(std::uint64_t seed, std::uint64_t tree, std::uint64_t number);

  // Drawn. Each is noted by its name, for whoever reads of a failure.
  Index upTo(const char* name, Index most);
  Index size(const char* name, int power);  // of an axis; `power` axes of one array have it
  double step(const char* name);
  std::vector<Index> places(const char* name, Index count, Index below);  // distinct
  gridgrad::Edge edge(const char* name, Axis& axis, Index samples, int order);
  gridgrad::Edges edges(const char* name, Axis& axis, Index samples, int order);
  /// Coordinates of an axis, which has too few samples for any edge if the case does not fit.
  const std::vector<double>& coordinates(const char* name, Axis& axis, Index samples, int order);
  gridgrad::Spacing<double> spacing(const char* name, Axis& axis, Index samples, int order);
  gridgrad::Stencil stencil(const char* name, Axis& axis, Index samples, int order);

  // Arrays. A map may lie across another of its type, in its place, shifted, turned or transposed.
  template <class Plain>
  void own(const char* name, Plain& plain) {
    own(name, plain.data(), typeOf<typename Plain::Scalar>, shapeOf(plain), strideOf(plain));
  }
  template <class Plain>
  Lines<Plain> lines(const char* name, Index rows, Index cols) {
    const Lie& lie = placed(name, typeOf<typename Plain::Scalar>, {rows, cols}, !Plain::IsRowMajor, 1);
    const Index outer = lie.stride[Plain::IsRowMajor ? 0 : 1];
    return {reinterpret_cast<typename Plain::Scalar*>(lie.first), rows, cols, Eigen::OuterStride<>(outer)};
  }
  template <class Plain>
  Strided<Plain> strided(const char* name, Index rows, Index cols) {
    const Lie& lie = placed(name, typeOf<typename Plain::Scalar>, {rows, cols}, !Plain::IsRowMajor, 2);
    const Index outer = lie.stride[Plain::IsRowMajor ? 0 : 1], inner = lie.stride[Plain::IsRowMajor ? 1 : 0];
    return {reinterpret_cast<typename Plain::Scalar*>(lie.first), rows, cols, {outer, inner}};
  }
  template <class Plain>
  Eigen::TensorMap<Plain> map(const char* name, const Shape& shape) {
    const Lie& lie = placed(name, typeOf<typename Plain::Scalar>, shape, int(Plain::Layout) == int(Eigen::ColMajor), 0);
    return {reinterpret_cast<typename Plain::Scalar*>(lie.first), dimensions<Plain>(shape)};
  }
  template <class Plain>
  static auto dimensions(const Shape& shape) {
    Eigen::DSizes<typename Plain::Index, int(Plain::NumDimensions)> sizes;
    for (std::size_t k = 0; k < shape.size(); ++k) sizes[k] = static_cast<typename Plain::Index>(shape[k]);
    return sizes;
  }

  bool fits() const { return m_fits; }
  /// Draws all samples, and remembers all memory.
  void fill(bool withNaN);
  /// What was in an array before the assignment.
  Values values(const char* name) const;
  /// An array that was given memory of its own by the assignment.
  template <class Plain>
  void moved(const char* name, Plain& plain) {
    moved(name, plain.data(), shapeOf(plain), strideOf(plain));
  }
  /// Whether `to` has what is expected in the samples that `where` numbers, and all other memory what it had.
  bool holds(const char* to, const Values& where, Assign how, const Values& expected);

  std::string report() const { return m_notes.str() + m_fault; }

 private:
  /// Where an array lies: its first sample, and from one to the next along each axis, in samples.
  struct Lie {
    std::string name;
    Type type;
    unsigned char* first;
    Shape shape, stride;
    std::size_t region;
  };
  struct Region {
    std::string name;
    std::vector<unsigned char> memory, before;  // no memory where it is somebody else's
    unsigned char* begin;
    std::size_t bytes;
    Type type;
  };

  template <class Plain>
  static Shape shapeOf(const Eigen::DenseBase<Plain>& f) {
    return {f.rows(), f.cols()};
  }
  template <class Plain>
  static Shape strideOf(const Eigen::DenseBase<Plain>& f) {
    return Plain::IsRowMajor ? Shape{f.derived().outerStride(), 1} : Shape{1, f.derived().outerStride()};
  }
  template <class Plain>
  static Shape shapeOf(const Eigen::TensorBase<Plain>& f) {
    Shape shape;
    const auto& plain = static_cast<const Plain&>(f);
    for (int k = 0; k < Plain::NumDimensions; ++k) shape.push_back(Index(plain.dimension(std::size_t(k))));
    return shape;
  }
  template <class Plain>
  static Shape strideOf(const Eigen::TensorBase<Plain>& f) {
    return packed(shapeOf(f), int(Plain::Layout) == int(Eigen::ColMajor));
  }
  static Shape packed(const Shape& shape, bool firstFastest);

  std::uint64_t next();
  Index below(Index n) { return Index(next() % std::uint64_t(n)); }
  double uniform(double low, double high);
  template <class Value>
  Value noted(const char* name, const Value& value) {
    m_notes << "  " << name << " = " << value << '\n';
    return value;
  }
  gridgrad::Edge drawEdge(Index samples, int order, bool mayClose);
  void drawPlaces(Axis& axis, Index samples);
  void note(const char* name, const Axis& axis);
  void own(const char* name, void* data, Type type, const Shape& shape, const Shape& stride);
  void moved(const char* name, void* data, const Shape& shape, const Shape& stride);
  /// freedom: 0 packed, 1 gaps between lines, 2 any strides.
  const Lie& placed(const char* name, Type type, const Shape& shape, bool firstFastest, int freedom);
  const Lie& find(const std::string& name) const;

  std::uint64_t m_state;
  bool m_fits = true, m_offScalar;
  int m_scale;
  Index m_size = 1;
  std::vector<Lie> m_lies;
  std::vector<Region> m_regions;
  std::ostringstream m_notes;
  std::string m_fault;
};

/// Places, extents and strides, as Eigen's tensors take them; and a sample more at each end of each axis.
template <int rank, class TensorIndex>
auto places(const Index (&values)[rank]) {
  Eigen::DSizes<TensorIndex, rank> result;
  for (std::size_t k = 0; k < rank; ++k) result[k] = static_cast<TensorIndex>(values[k]);
  return result;
}
template <int rank>
auto pads() {
  Eigen::array<std::pair<Index, Index>, rank> result;
  result.fill({1, 1});
  return result;
}

/// What `auto [d0, d1]` binds of one of several results.
template <class Xpr>
gridgrad::TensorExpression<Xpr> bare(const gridgrad::TensorExpression<Xpr>& result) {
  return result;
}

/// A tree: its number, the statement as a user would write it, and what runs one case of it.
struct Tree {
  int number;
  const char* statement;
  bool (*run)(Case&);
};
std::vector<Tree>& trees();
struct Registered {
  Registered(int number, const char* statement, bool (*run)(Case&)) { trees().push_back({number, statement, run}); }
};

}  // namespace fuzz
