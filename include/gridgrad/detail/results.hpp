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

#include <gridgrad/detail/says.hpp>

namespace gridgrad {
namespace detail {

/// The bytes [begin, end) that an assignment writes; all there are, where nobody says which.
struct Bytes {
  std::uintptr_t begin = 0, end = UINTPTR_MAX;
};

/// What one of several results knows of the others; its coefficients, if they had to be computed before its turn. A
/// copy is alone: it is lazy, as any expression.
template <class Value>
class Sibling {
 public:
  Sibling() = default;
  Sibling(const Sibling&) noexcept {}
  Sibling& operator=(const Sibling&) = delete;

  /// Comes before the result is assigned. Gives its coefficients if they are kept; else it is computed as it stands.
  std::unique_ptr<const Value> beforeAssignment(const Bytes& written) const {
    if (m_all) m_beforeAssignment(m_all, this, written);
    return std::move(m_kept);
  }

  using BeforeAssignment = void (*)(const void* all, const void* one, const Bytes& written);
  void join(const void* all, BeforeAssignment before) const {
    m_all = all;
    m_beforeAssignment = before;
  }
  void leave() const { m_all = nullptr; }

  bool isAlone() const { return m_all == nullptr; }

  bool isAssigned() const { return m_isAssigned; }
  void setAssigned(bool assigned) const { m_isAssigned = assigned; }

  void keep(std::unique_ptr<const Value> value) const { m_kept = std::move(value); }
  bool isKept() const { return m_kept != nullptr; }

  const void* self() const { return this; }

 private:
  mutable const void* m_all = nullptr;  // the Results it is one of
  mutable BeforeAssignment m_beforeAssignment = nullptr;
  mutable std::unique_ptr<const Value> m_kept;
  mutable bool m_isAssigned = false;
};

/// An expression as one of several results: each world says what that is. It has a Sibling as its base, and
///     keepIfRead(written)     computes it, and keeps it, if it reads these bytes
template <class Xpr, class Enable = void>
struct ResultOf {
  using type = Xpr;
};

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
template <class... Each>
class Results : public std::tuple<Each...> {
 public:
  /// The tuple it is.
  using Base = std::tuple<Each...>;

  /// For the library's own use: the words make it.
  template <class... Xprs, std::enable_if_t<sizeof...(Xprs) == sizeof...(Each) && 1 < sizeof...(Each), int> = 0>
  explicit Results(const Xprs&... xprs) : Base(xprs...) {
    introduce();
  }
  /// Copies know one another.
  Results(const Results& other) : Base(static_cast<const Base&>(other)) { introduce(); }

  /// What `auto [d0, d1]` takes apart. By a name of its own each result is read when its statement is reached, and is
  /// what the field is then.
  template <std::size_t k>
  auto& get() {
    std::get<k>(*this).leave();
    return std::get<k>(*this);
  }
  /// The same of a const tuple.
  template <std::size_t k>
  const auto& get() const {
    std::get<k>(*this).leave();
    return std::get<k>(*this);
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
  void introduce() {
    std::apply([this](const auto&... each) { (each.join(this, &beforeAssignment), ...); }, base());
  }
  const Base& base() const { return *this; }

  /// Those whose turn is yet to come are kept if they read what is written. When all have had theirs, or one has it
  /// again, another round begins.
  static void beforeAssignment(const void* all, const void* one, const detail::Bytes& written) {
    const auto begin = [](const auto& each) {
      each.setAssigned(false);
      each.keep(nullptr);
    };
    const auto takeTurn = [&](const auto& each) {
      if (each.self() == one)
        each.setAssigned(true);
      else if (!each.isAssigned() && !each.isKept())
        each.keepIfRead(written);
    };
    std::apply(
        [&](const auto&... each) {
          if (((each.self() == one && each.isAssigned()) || ...)) (begin(each), ...);
          (takeTurn(each), ...);
          if ((each.isAssigned() && ...)) (each.setAssigned(false), ...);
        },
        static_cast<const Results*>(all)->base());
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
  return expressions::Results<typename ResultOf<First>::type, typename ResultOf<Second>::type,
                              typename ResultOf<More>::type...>(first, second, more...);
}

}  // namespace detail
}  // namespace gridgrad

/// @cond  What `auto [d0, d1]` asks for.
template <class... Each>
struct std::tuple_size<gridgrad::expressions::Results<Each...>> : std::integral_constant<std::size_t, sizeof...(Each)> {
};
template <std::size_t k, class... Each>
struct std::tuple_element<k, gridgrad::expressions::Results<Each...>> : std::tuple_element<k, std::tuple<Each...>> {};
/// @endcond
