// SPDX-License-Identifier: MPL-2.0
//
// Several results of one word, as a tuple that may be assigned to what it reads.
//
// `std::tie(u, v) = gradient(u);` is one statement and two assignments. The first changes u, of which the second is to
// be the derivative. So the results know one another: before one is assigned to memory that another reads, that other
// is computed, and kept for its own assignment.

#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include <gridgrad/numbers/says.hpp>

namespace gridgrad {
namespace detail {

/// The bytes [begin, end) that an assignment writes; all there are, where nobody says which.
struct BytesWritten {
  std::uintptr_t begin = 0, end = UINTPTR_MAX;
};

/// What one of several results knows of the others, which are All; and its coefficients, if they had to be computed
/// before its turn. A copy is alone: it is lazy, as any expression.
template <class Value, class All>
class Sibling {
 public:
  Sibling() = default;
  Sibling(const Sibling&) noexcept {}
  Sibling& operator=(const Sibling&) = delete;

  /// Comes before the result is assigned. Gives its coefficients if they are kept; else it is computed as it stands.
  std::unique_ptr<const Value> beforeAssignment(const BytesWritten& written) const {
    if (m_all) m_all->beforeAssignment(&m_isAssigned, written);
    return std::move(m_kept);
  }
  bool isAlone() const { return m_all == nullptr; }

 private:
  friend All;
  mutable const All* m_all = nullptr;
  mutable std::unique_ptr<const Value> m_kept;
  mutable bool m_isAssigned = false;
};

/// An expression as one of several results, All: dense/ and tensor/ say what that is. It has a Sibling as its base, and
///     lazy()              the expression itself
///     reads(written)      whether it reads these bytes
///     computed()          a new array of its coefficients
template <class Xpr, class All, class Enable = void>
struct ResultOf;

}  // namespace detail

namespace expressions {

/// What a word gives that has several results: a std::tuple of expressions, each computed when it is read.
///
///     auto [d0, d1] = gradient(f, h);                       // each by a name
///     std::tie(a, b) = gradient(f, h);                      // each into an array; f may be one of them
///     std::tuple<ArrayXXd, ArrayXXd> g = gradient(f, h);    // the same into a tuple of arrays
///     std::get<1>(gradient(f, h)), std::apply(g, gradient(f, h))
///
/// Its name need not be written: it is what `auto` stands for. std::tuple_cat takes its base, a std::tuple of the
/// same elements.
template <class... Xprs>
class Results : public std::tuple<typename detail::ResultOf<Xprs, Results<Xprs...>>::type...> {
 public:
  /// The tuple it is.
  using Base = std::tuple<typename detail::ResultOf<Xprs, Results>::type...>;

  /// For the library's own use: the words make it.
  explicit Results(const Xprs&... xprs) : Base(xprs...) { introduce(); }
  /// Copies know one another.
  Results(const Results& other) : Base(static_cast<const Base&>(other)) { introduce(); }

  /// What `auto [d0, d1]` takes apart: the expressions themselves. Each is read when its statement is reached, and is
  /// of what the field is then.
  template <std::size_t k>
  const auto& get() const {
    return std::get<k>(base()).lazy();
  }

  /// @cond  One array cannot take several results.
  template <class Array,
            std::enable_if_t<std::is_base_of<Eigen::PlainObjectBase<Array>, Array>::value || detail::isTensor<Array>,
                             int> = 0>
  operator Array() const {
    static_assert(detail::never<Array>, GRIDGRAD_SAYS_SEVERAL);
    return Array();
  }
  /// @endcond

 private:
  template <class Value, class All>
  friend class detail::Sibling;

  const Base& base() const { return *this; }

  void introduce() const {
    std::apply([this](const auto&... each) { ((each.m_all = this), ...); }, base());
  }

  /// Those whose turn is yet to come are kept if they read what is written. When all have had theirs, or one has it
  /// again, another round begins.
  void beforeAssignment(const bool* one, const detail::BytesWritten& written) const {
    const auto is = [one](const auto& each) { return &each.m_isAssigned == one; };
    const auto takeTurn = [&](const auto& each) {
      if (is(each))
        each.m_isAssigned = true;
      else if (!each.m_isAssigned && !each.m_kept && each.reads(written))
        each.m_kept = each.computed();
    };
    std::apply(
        [&](const auto&... each) {
          if (((is(each) && each.m_isAssigned) || ...)) ((each.m_isAssigned = false, each.m_kept = nullptr), ...);
          (takeTurn(each), ...);
          if ((each.m_isAssigned && ...)) ((each.m_isAssigned = false), ...);
        },
        base());
  }
};

}  // namespace expressions

namespace detail {

/// One result itself, several as Results.
template <class One>
One oneOrSeveral(const One& one) {
  return one;
}
template <class First, class Second, class... More>
auto oneOrSeveral(const First& first, const Second& second, const More&... more) {
  return expressions::Results<First, Second, More...>(first, second, more...);
}

}  // namespace detail
}  // namespace gridgrad

/// @cond  What `auto [d0, d1]` asks for.
template <class... Xprs>
struct std::tuple_size<gridgrad::expressions::Results<Xprs...>> : std::integral_constant<std::size_t, sizeof...(Xprs)> {
};
template <std::size_t k, class... Xprs>
struct std::tuple_element<k, gridgrad::expressions::Results<Xprs...>> {
  using type = const std::tuple_element_t<k, std::tuple<Xprs...>>;
};
/// @endcond
