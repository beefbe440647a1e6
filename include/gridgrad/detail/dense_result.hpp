// SPDX-License-Identifier: MPL-2.0
//
// One of several results of a word, of dense arrays: the expression itself, and what it knows of the others.

#pragma once

#include <Eigen/Core>

#include <memory>
#include <type_traits>

#include <gridgrad/detail/coordinates.hpp>
#include <gridgrad/detail/dense_own_assignment.hpp>
#include <gridgrad/detail/results.hpp>

namespace gridgrad {
namespace expressions {

/// One of the several lazy expressions that a word gives for arrays and matrices, read like any expression of Eigen's.
/// Its name need not be written: it is what `auto` stands for.
template <class Xpr>
class Result;

}  // namespace expressions
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Xpr>
struct traits<gridgrad::expressions::Result<Xpr>> : traits<Xpr> {};

}  // namespace internal
}  // namespace Eigen

namespace gridgrad {
namespace expressions {

template <class Xpr>
class Result : public Eigen::internal::dense_xpr_base<Result<Xpr>>::type,
               public detail::Sibling<typename Xpr::PlainObject> {
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

  /// For the library's own use.
  void keepIfRead(const detail::Bytes& written) const {
    detail::Memory memory;
    memory.known = true;
    memory.begin = written.begin;
    memory.end = written.end;
    memory.rowStride = memory.colStride = -1;
    if (detail::overlap(memory, m_xpr, false) != detail::Overlap::None)
      this->keep(std::make_unique<const typename Xpr::PlainObject>(m_xpr));
  }

 private:
  Xpr m_xpr;
};

}  // namespace expressions

namespace detail {

template <class Xpr>
struct ResultOf<Xpr, std::enable_if_t<isDense<Xpr>>> {
  using type = expressions::Result<Xpr>;
};

template <class T>
constexpr bool isResult = false;
template <class Xpr>
constexpr bool isResult<expressions::Result<Xpr>> = true;

template <class Xpr>
struct Reads<expressions::Result<Xpr>> : ReadsInPlace {};
template <class Xpr>
struct HasOwnAssignment<expressions::Result<Xpr>> : std::true_type {};

/// As that of the expression itself.
template <class Xpr>
struct Kernel<expressions::Result<Xpr>, std::enable_if_t<isKnown<Xpr>>> : KernelOf<Xpr> {
  struct Arguments : KernelOf<Xpr>::Arguments {
    explicit Arguments(const expressions::Result<Xpr>& xpr) : KernelOf<Xpr>::Arguments(xpr.nestedExpression()) {}
  };
  EIGEN_ALWAYS_INLINE Kernel(const expressions::Result<Xpr>& xpr, const Arguments& arguments)
      : KernelOf<Xpr>(xpr.nestedExpression(), arguments) {}
};

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Xpr>
struct evaluator<gridgrad::expressions::Result<Xpr>> : evaluator<Xpr> {
  explicit evaluator(const gridgrad::expressions::Result<Xpr>& xpr) : evaluator<Xpr>(xpr.nestedExpression()) {}
};

template <class Dst, class Xpr, class Functor>
struct Assignment<Dst, gridgrad::expressions::Result<Xpr>, Functor, Dense2Dense, void> {
  static EIGEN_STRONG_INLINE void run(Dst& dst, const gridgrad::expressions::Result<Xpr>& src, const Functor& functor) {
    const gridgrad::detail::Memory memory = gridgrad::detail::written(dst);
    gridgrad::detail::Bytes bytes;
    if (memory.known) bytes = {memory.begin, memory.end};
    if (const auto kept = src.beforeAssignment(bytes))
      call_assignment_no_alias(dst, *kept, functor);
    else
      Assignment<Dst, Xpr, Functor>::run(dst, src.nestedExpression(), functor);
  }
};

}  // namespace internal
}  // namespace Eigen
