// SPDX-License-Identifier: MPL-2.0
//
// An assignment that writes what its right-hand side reads gives the answer of evaluating first, whatever stands
// around the derivative and whatever it is assigned to.

#include "paths.hpp"

#include "tensors.hpp"

#include <doctest/doctest.h>
#include <gridgrad/tensor.hpp>

#include <string>
#include <vector>

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Stencil;
using reference::Index;
using reference::uneven;
using tensors::isClose;
using tensors::quarters;

namespace {

using TensorF = Eigen::Tensor<double, 3>;
using TensorC = Eigen::Tensor<float, 3, Eigen::RowMajor, int>;

/// Small shapes, and one that Eigen takes in blocks.
const tensors::Shape<3> shapes[] = {{{4, 5, 6}}, {{17, 3, 4}}, {{3, 3, 18}}, {{40, 33, 17}}};

/// How a statement is computed, for every shape, axis and kind of spacing alike; "wrong" if it leaves in u anything
/// else than value(u, v, g) of the coefficients of u and v before it and of the derivative g of u.
template <class T, class Statement, class Value>
std::string gives(const Statement& statement, const Value& value) {
  using Scalar = typename T::Scalar;
  std::string way;
  for (const auto& shape : shapes)
    for (int axis = 0; axis < 3; ++axis)
      for (const Stencil& s :
           {Stencil(0.5), Stencil(0.5, Edge::Periodic), Stencil(uneven(shape[std::size_t(axis)]), Edge::SecondOrder)}) {
        T u = quarters<T>(shape), expected = u;
        const T v = quarters<T>(shape, 9), before = u, g = derivative(before, axis, s);
        for (Index k = 0; k < u.size(); ++k) expected.data()[k] = Scalar(value(u.data()[k], v.data()[k], g.data()[k]));
        const std::string now = paths::way([&] { statement(u, v, axis, s); });
        // Sums of a few products of what isClose allows for.
        if (!isClose(T(u * Scalar(1.f / 64)), T(expected * Scalar(1.f / 64)))) return "wrong";
        if (!way.empty() && way != now) return way + " or " + now;
        way = now;
      }
  return way;
}

// In each: d is the derivative of u along one axis after the other, e the expected value made of u, v and g.
#define GIVES(way, statement, e)                                                                        \
  CHECK(gives<T>([&](T& u, const T& v, int axis, const Stencil& s) { (void)v, (void)axis, statement; }, \
                 [](auto u, auto v, auto g) { return (void)u, (void)v, (void)g, e; }) == way)
#define d derivative(u, axis, s)

}  // namespace

TEST_CASE_TEMPLATE("a tensor is replaced by its own derivative, alone and with others", T, TensorF, TensorC) {
  GIVES("Temporary Runs", u = d, g);
  GIVES("Temporary Blocks", u += d * 0.25f, u + g / 4);
  GIVES("Temporary Blocks", u = d.square() + u, g * g + u);
}

TEST_CASE("whatever stands around the derivative") {
  using T = TensorF;
  GIVES("Temporary Blocks", u -= 0.25 * d, u - g / 4);
  GIVES("Temporary Blocks", u = u - d / v.constant(4), u - g / 4);
  GIVES("Temporary Blocks", u = -d, -g);
  GIVES("2 InPlace Runs Blocks", u = d.eval() + u, g + u);
  GIVES("Temporary Runs", u = (v > 0.).select(d, u), v > 0 ? g : u);    // an operation of Eigen's, on a plain tensor
  GIVES("Temporary Runs", u = v.cwiseMax(d), std::max(v, g));           // and another
  GIVES("Temporary Blocks", u = (d > v).select(d, v), std::max(v, g));  // and one of ours
  GIVES("Temporary Runs", u = derivative(2. * u, axis, s), 2 * g);      // an argument that is an expression
  GIVES("Temporary Blocks", u = derivative((u * 0.).exp() + u, axis, s) + u, g + u);  // and is expensive to compute
}

TEST_CASE("what is read in place needs no memory, and long rows are computed row by row") {
  for (const auto& shape : shapes) {
    const std::string kind = shape[0] < 24 ? "Blocks" : "Rows";
    const TensorF f = quarters<TensorF>(shape), h = quarters<TensorF>(shape, 9), gh = derivative<1>(h, 0.5),
                  gf = derivative<0>(f, 0.5);
    TensorF u = f, expected = f;
    for (Index k = 0; k < f.size(); ++k) expected.data()[k] += gh.data()[k];
    CHECK(paths::way([&] { u = u + derivative<1>(h, 0.5); }) == "InPlace " + kind);
    CHECK(tensors::equal(u, expected));
    u = f;
    CHECK(paths::way([&] { u += derivative<1>(h, 0.5); }) == "InPlace " + kind);
    CHECK(tensors::equal(u, expected));
    for (Index k = 0; k < f.size(); ++k) expected.data()[k] = f.data()[k] + gf.data()[k];
    u = f;
    CHECK(paths::way([&] { u = u + derivative<0>(u, 0.5); }) == "Temporary " + kind);
    CHECK(tensors::equal(u, expected));
  }
}

TEST_CASE("a sum of second derivatives") {
  for (const auto& shape : shapes) {
    TensorF u = quarters<TensorF>(shape);
    const TensorF before = u, x = derivative<0>(derivative<0>(before, 0.5), 0.5),
                  y = derivative<1>(derivative<1>(before, 0.5), 0.5),
                  z = derivative<2>(derivative<2>(before, 0.5), 0.5);
    const TensorF expected = before + 0.125 * (x + y + z);
    u += 0.125 * (derivative<0>(derivative<0>(u, 0.5), 0.5) + derivative<1>(derivative<1>(u, 0.5), 0.5) +
                  derivative<2>(derivative<2>(u, 0.5), 0.5));
    CHECK(isClose(u, expected));
  }
}

TEST_CASE("other places of the tensor are read: reversed, shuffled, reshaped, repeated") {
  const TensorF before = quarters<TensorF>({6, 6, 6}), g = derivative<1>(before, 0.5);
  const auto check = [&](const auto& statement, const auto& same) {
    TensorF u = before;
    CHECK(paths::count(paths::Temporary, [&] { statement(u); }) == 1);
    const TensorF expected = same(before, g);
    return tensors::equal(u, expected);
  };
  const Eigen::array<bool, 3> back{true, false, true};
  const Eigen::array<int, 3> turn{2, 0, 1};
  const Eigen::array<Index, 2> flat{36, 6};
  CHECK(check([&](TensorF& u) { u = derivative<1>(u, 0.5).reverse(back); },
              [&](const TensorF&, const TensorF& e) { return e.reverse(back); }));
  CHECK(check([&](TensorF& u) { u = u.shuffle(turn) + derivative<1>(u, 0.5); },
              [&](const TensorF& w, const TensorF& e) { return w.shuffle(turn) + e; }));
  // On the left too, where Eigen has no place in memory to tell us.
  CHECK(check([&](TensorF& u) { u.reverse(back) = derivative<1>(u, 0.5); },
              [&](const TensorF&, const TensorF& e) { return e.reverse(back); }));
  CHECK(check([&](TensorF& u) { u.reshape(flat) = derivative<1>(u, 0.5).reshape(flat); },
              [&](const TensorF&, const TensorF& e) { return e + e.constant(0); }));
}

TEST_CASE("slices and chips of the tensor, on either side") {
  using Place = Eigen::array<Index, 3>;
  for (const auto& shape : shapes) {
    const TensorF before = quarters<TensorF>(shape);
    const Place low{0, 0, 0}, high{1, 1, 1}, sizes{shape[0] - 1, shape[1] - 1, shape[2] - 1};
    const TensorF g = derivative<0>(before, 0.5);
    TensorF u = before, expected = before;
    u.slice(high, sizes) = derivative<0>(u, 0.5).slice(low, sizes);
    expected.slice(high, sizes) = g.slice(low, sizes);
    CHECK(tensors::equal(u, expected));

    CHECK(paths::way([&] { u.slice(high, sizes) = derivative<0>(before, 0.5).slice(low, sizes); }) ==
          "Temporary Blocks");

    u = before, expected = before;
    const TensorF part = before.slice(low, sizes), slope = derivative<1>(part, 0.5);
    u.slice(high, sizes) = derivative<1>(u.slice(low, sizes), 0.5);
    expected.slice(high, sizes) = slope;
    CHECK(tensors::equal(u, expected));

    u = before, expected = before;
    u.slice(high, sizes) += derivative<1>(u.slice(low, sizes), 0.5);
    expected.slice(high, sizes) += slope;
    CHECK(tensors::equal(u, expected));

    u = before, expected = before;
    u.chip<2>(1) = derivative<0>(u, 0.5).chip<2>(0);  // in one piece of memory
    expected.chip<2>(1) = g.chip<2>(0);
    CHECK(tensors::equal(u, expected));
    u.chip<0>(1) = derivative<0>(u, 0.5).chip<0>(2);  // in many
    expected.chip<0>(1) = TensorF(derivative<0>(TensorF(expected), 0.5)).chip<0>(2);
    CHECK(tensors::equal(u, expected));

    u = before, expected = before;
    const Eigen::Tensor<double, 2> face = before.chip<2>(1), across = derivative<0>(face, 0.5);
    u.chip<2>(1) = derivative<0>(u.chip<2>(1), 0.5);
    expected.chip<2>(1) = across;
    CHECK(tensors::equal(u, expected));
  }
}

TEST_CASE("two maps of one buffer, the one a little further on than the other") {
  using Map = Eigen::TensorMap<TensorF>;
  for (const auto& shape : shapes) {
    const Index size = shape[0] * shape[1] * shape[2];
    for (Index shift : {Index(1), Index(2), shape[0], shape[0] * shape[1], size - 1, size})
      for (int axis = 0; axis < 3; ++axis)
        for (bool forwards : {true, false}) {
          TensorF buffer = quarters<TensorF>({2 * size, 1, 1}), copy = buffer;
          Map from(buffer.data() + (forwards ? 0 : shift), shape[0], shape[1], shape[2]),
              to(buffer.data() + (forwards ? shift : 0), shape[0], shape[1], shape[2]),
              expected(copy.data() + (forwards ? shift : 0), shape[0], shape[1], shape[2]);
          const TensorF before = from, target = to, g = derivative(before, axis, Stencil(0.5)), sum = g + before;
          const std::string way = paths::way([&] { to = derivative(from, axis, Stencil(0.5)); });
          REQUIRE(way == (shift < size ? "Temporary Runs" : "InPlace Runs"));
          expected = g;
          REQUIRE(tensors::equal(buffer, copy));
          // Read in place by one operand, but not of the same place.
          from = before;
          to = derivative(from, axis, Stencil(0.5)) + from;
          from = forwards ? from : before;
          const TensorF found = to;
          if (shift >= size || forwards) REQUIRE(tensors::equal(found, sum));
        }
  }
}

TEST_CASE("on a device named on the left, which Eigen then does not tell where the coefficients go") {
  const Eigen::DefaultDevice device;
  using T = TensorF;
  GIVES("Temporary Runs", u.device(device) = d, g);
  GIVES("Temporary Runs", u.device(device) += d, u + g);
  GIVES("Temporary Blocks", u.device(device) -= d * v, u - g * v);
}

TEST_CASE("a tensor of fixed size") {
  Eigen::TensorFixedSize<double, Eigen::Sizes<4, 5>> u;
  const auto f = quarters<Eigen::Tensor<double, 2>>({4, 5});
  const Eigen::Tensor<double, 2> expected = f + derivative<1>(f, 0.5);
  u = f;
  u = u + derivative<1>(u, 0.5);
  CHECK(tensors::equal(u, expected));
}

namespace {

using Line = Eigen::Tensor<double, 1>;

/// Functions of a user's that read a tensor of their own, which may be the one that is assigned to.
struct Sum {
  const Line* read;
  double initialize() const { return 0; }
  void reduce(double value, double* sum) const { *sum += value * (*read)(1); }
  double finalize(double sum) const { return sum; }
};
struct Generate {
  const Line* read;
  double operator()(const Eigen::array<Index, 1>& place) const { return (*read)(read->size() - 1 - place[0]); }
};
struct Turned {
  const Line* read;
  Eigen::DSizes<Index, 1> dimensions(const Line& line) const { return line.dimensions(); }
  Eigen::DSizes<Index, 1> dimensions(const Line& line, const Line&) const { return line.dimensions(); }
  template <class Output, class Device>
  void eval(const Line&, Output& output, const Device& device) const {
    output.device(device) = read->reverse(Eigen::array<bool, 1>{true});
  }
  template <class Output, class Device>
  void eval(const Line& line, const Line&, Output& output, const Device& device) const {
    eval(line, output, device);
  }
};

}  // namespace

TEST_CASE("a function of the user's may read what is assigned, below a derivative and beside it") {
  for (Index n : {5, 40, 3000}) {
    const Line before = quarters<Line>({n}), v = quarters<Line>({n}, 9);
    const auto table = quarters<Eigen::Tensor<double, 2>>({3, n}, 2);
    Line places(n);  // from the last sample to the first: interpolation at departure points reads so
    for (Index i = 0; i < n; ++i) places(i) = double(n - 1 - i);
    // The statement as it stands, and reading a copy.
    const auto isRight = [&](const auto& rightHandSide) {
      Line u = before;
      const Line copy = before, expected = rightHandSide(copy);
      const std::string way = paths::way([&] { u = rightHandSide(u); });
      return tensors::equal(u, expected) && way.substr(0, 9) == "Temporary";
    };
    const auto at = [](const Line& u) { return [&u](double i) { return u(Index(i)); }; };
    const auto two = [](const Line& u) { return [&u](double i, double j) { return u(Index(i)) + j; }; };
    const auto all = Eigen::array<int, 1>{0};
    CHECK(isRight([&](const Line& u) { return derivative<0>(places.unaryExpr(at(u)), 0.5); }));
    CHECK(isRight([&](const Line& u) { return derivative<0>(v, 0.5) + places.unaryExpr(at(u)); }));
    CHECK(isRight([&](const Line& u) { return derivative<0>(places.binaryExpr(v, two(u)), 0.5); }));
    CHECK(isRight([&](const Line& u) { return derivative<0>(v, 0.5) * places.binaryExpr(v, two(u)); }));
    CHECK(isRight([&](const Line& u) { return derivative<0>(v.generate(Generate{&u}), 0.5); }));
    CHECK(isRight([&](const Line& u) { return derivative<0>(v, 0.5) + v.generate(Generate{&u}); }));
    CHECK(isRight([&](const Line& u) { return derivative<0>(table.reduce(all, Sum{&u}), 0.5); }));
    CHECK(isRight([&](const Line& u) { return derivative<0>(v, 0.5) + table.reduce(all, Sum{&u}); }));
    CHECK(isRight([&](const Line& u) { return derivative<0>(v, 0.5) + v.customOp(Turned{&u}); }));
    CHECK(isRight([&](const Line& u) { return derivative<0>(v, 0.5) + v.customOp(v, Turned{&u}); }));
    // Eigen's own read their arguments and no more.
    Line u = before;
    CHECK(paths::way([&] { u = derivative<0>(v, 0.5) + u.abs().sqrt().cwiseMax(2.) * 0.5; }).substr(0, 7) == "InPlace");
    CHECK(paths::way([&] { u = derivative<0>(table.sum(all) + table.maximum(all), 0.5); }).substr(0, 7) == "InPlace");
    CHECK(paths::way([&] { u = derivative<0>(table.cumsum(1).chip<0>(1), 0.5); }).substr(0, 7) == "InPlace");
  }
}
