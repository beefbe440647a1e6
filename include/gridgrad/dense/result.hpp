// SPDX-License-Identifier: MPL-2.0
//
// One of several results of a word, of dense arrays: the expression itself, and what it knows of the others.

#pragma once

#include <Eigen/Core>

#include <memory>
#include <type_traits>

#include <gridgrad/numbers/coordinates.hpp>
#include <gridgrad/dense/own_assignment.hpp>
#include <gridgrad/words/results.hpp>

namespace gridgrad {
namespace expressions {

/// One of the several lazy expressions that a word gives for arrays and matrices, as std::get and std::apply hand it
/// out; read like any expression of Eigen's. Its name need not be written: it is what `auto` stands for.
template <class Xpr, class All>
class Result;

}  // namespace expressions
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Xpr, class All>
struct traits<gridgrad::expressions::Result<Xpr, All>> : traits<Xpr> {};

}  // namespace internal
}  // namespace Eigen

namespace gridgrad {
namespace expressions {

template <class Xpr, class All>
class Result : public Eigen::internal::dense_xpr_base<Result<Xpr, All>>::type,
               public detail::Sibling<typename Xpr::PlainObject, All> {
 public:
  /// What Eigen's expressions of this kind have in common.
  using Base = typename Eigen::internal::dense_xpr_base<Result>::type;
  EIGEN_DENSE_PUBLIC_INTERFACE(Result)
  /// The expression itself.
  using NestedExpression = Xpr;

  /// For the library's own use: the words make it.
  explicit Result(const Xpr& xpr) : m_xpr(xpr) {}

  /// Those of the field.
  EIGEN_DEVICE_FUNC Index rows() const { return m_xpr.rows(); }
  /// Those of the field.
  EIGEN_DEVICE_FUNC Index cols() const { return m_xpr.cols(); }

  /// The expression itself.
  const Xpr& nestedExpression() const { return m_xpr; }

  /// For the library's own use: see words/results.hpp.
  const Xpr& lazy() const { return m_xpr; }
  /// The same.
  bool reads(const detail::BytesWritten& written) const {
    const detail::Memory memory{true, written.begin, written.end, -1, -1};
    return gridgrad::detail::overlap(memory, m_xpr, false) != detail::Overlap::Nothing;
  }
  /// The same.
  auto computed() const { return std::make_unique<const typename Xpr::PlainObject>(m_xpr); }

 private:
  Xpr m_xpr;
};

}  // namespace expressions

namespace detail {

template <class Xpr, class All>
struct ResultOf<Xpr, All, std::enable_if_t<isDense<Xpr>>> {
  using type = expressions::Result<Xpr, All>;
};

template <class Type>
inline constexpr bool isResult = false;
template <class Xpr, class All>
inline constexpr bool isResult<expressions::Result<Xpr, All>> = true;

template <class Xpr, class All>
struct Reads<expressions::Result<Xpr, All>> : ReadsInPlace {};
template <class Xpr, class All>
struct HasOwnAssignment<expressions::Result<Xpr, All>> : std::true_type {};

/// As that of the expression itself.
template <class Xpr, class All>
struct Kernel<expressions::Result<Xpr, All>, std::enable_if_t<isKnown<Xpr>>> : KernelOf<Xpr> {
  struct Arguments : KernelOf<Xpr>::Arguments {
    explicit Arguments(const expressions::Result<Xpr, All>& xpr) : KernelOf<Xpr>::Arguments(xpr.nestedExpression()) {}
  };
  EIGEN_ALWAYS_INLINE Kernel(const expressions::Result<Xpr, All>& xpr, const Arguments& arguments)
      : KernelOf<Xpr>(xpr.nestedExpression(), arguments) {}
};

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Xpr, class All>
struct evaluator<gridgrad::expressions::Result<Xpr, All>> : evaluator<Xpr> {
  explicit evaluator(const gridgrad::expressions::Result<Xpr, All>& xpr) : evaluator<Xpr>(xpr.nestedExpression()) {}
};

template <class Dst, class Xpr, class All, class Functor>
struct Assignment<Dst, gridgrad::expressions::Result<Xpr, All>, Functor, Dense2Dense, void> {
  static EIGEN_STRONG_INLINE void run(Dst& dst, const gridgrad::expressions::Result<Xpr, All>& src,
                                      const Functor& functor) {
    const gridgrad::detail::Memory memory = gridgrad::detail::written(dst);
    gridgrad::detail::BytesWritten bytes;
    if (memory.known) bytes = {memory.begin, memory.end};
    if (const auto kept = src.beforeAssignment(bytes))
      call_assignment_no_alias(dst, *kept, functor);
    else
      Assignment<Dst, Xpr, Functor>::run(dst, src.nestedExpression(), functor);
  }
};

// Triangles, as dense/own_assignment.hpp has them of a derivative.
template <class To, unsigned int mode, class Xpr, class All, class Functor>
struct Assignment<TriangularView<To, mode>, gridgrad::expressions::Result<Xpr, All>, Functor, Dense2Triangular, void> {
  static EIGEN_STRONG_INLINE void run(TriangularView<To, mode>& dst, const gridgrad::expressions::Result<Xpr, All>& src,
                                      const Functor& functor) {
    GRIDGRAD_COUNT(Temporary);
    const typename Xpr::PlainObject temporary(src.nestedExpression());
    Eigen::internal::call_triangular_assignment_loop<int(mode), false>(dst, temporary, functor);
  }
};
template <class Dst, unsigned int mode, class Xpr, class All, class Functor>
struct Assignment<Dst, TriangularView<const gridgrad::expressions::Result<Xpr, All>, mode>, Functor, Triangular2Dense,
                  void> : TriangleOfDerivative<Dst, TriangularView<const gridgrad::expressions::Result<Xpr, All>, mode>,
                                               Functor, (mode & SelfAdjoint) == 0> {};
template <class Dst, unsigned int mode, class Xpr, class All, class Functor>
struct Assignment<Dst, TriangularView<const gridgrad::expressions::Result<Xpr, All>, mode>, Functor,
                  Triangular2Triangular, void>
    : TriangleOfDerivative<Dst, TriangularView<const gridgrad::expressions::Result<Xpr, All>, mode>, Functor, false> {};
template <class Dst, unsigned int mode, class Xpr, class All, class Functor>
struct Assignment<Dst, TriangularView<gridgrad::expressions::Result<Xpr, All>, mode>, Functor, Triangular2Dense, void>
    : TriangleOfDerivative<Dst, TriangularView<gridgrad::expressions::Result<Xpr, All>, mode>, Functor,
                           (mode & SelfAdjoint) == 0> {};
template <class Dst, unsigned int mode, class Xpr, class All, class Functor>
struct Assignment<Dst, TriangularView<gridgrad::expressions::Result<Xpr, All>, mode>, Functor, Triangular2Triangular,
                  void>
    : TriangleOfDerivative<Dst, TriangularView<gridgrad::expressions::Result<Xpr, All>, mode>, Functor, false> {};

}  // namespace internal
}  // namespace Eigen
