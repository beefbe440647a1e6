// SPDX-License-Identifier: MPL-2.0
//
// What a derivative holds on to: named arrays are borrowed, temporary arrays are kept.

#include <gridgrad.hpp>

#include <algorithm>
#include <iostream>
#include <tuple>
#include <vector>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;

namespace {

ArrayXd field() { return ArrayXd{{0, 1, 4, 9, 16}}; }
std::vector<double> places() { return {0, 1, 2, 3, 4}; }

// Right: the field is a temporary, so the result keeps it, and may leave the function.
auto slopeOfField() { return gradient(field(), 0.5); }

// Right: evaluated before `f` ends. With `auto` in place of ArrayXd this would return a slope of nothing.
ArrayXd slopeOfLocal() {
  const ArrayXd f = field();
  return gradient(f, 0.5);
}

template <class Slope>
void print(const char* what, const Slope& slope) {
  std::cout << what << ": " << slope.transpose() << '\n';
}

}  // namespace

int main() {
  {
    ArrayXd f = field();
    auto slope = gradient(f);  // borrows f
    print("before", slope);
    f *= 10;
    print("after ", slope);       // computed when read: ten times as much
    const ArrayXd fixed = slope;  // numbers, which stay
    f.setZero();
    print("kept  ", fixed);
  }
  std::cout << '\n';
  {
    auto a = gradient(field());                     // keeps the temporary field
    auto b = gradient(field(), places());           // keeps weights, not coordinates
    auto c = gradient(field(), Stencil(places()));  // keeps the temporary stencil
    auto copy = a;                                  // shares what a keeps
    print("a   ", a);
    print("b   ", b);
    print("c   ", c);
    print("copy", copy);
    print("from functions", slopeOfField());
    print("from functions", slopeOfLocal());
  }
  std::cout << '\n';
  {
    // auto bad = gradient(field() + 1);          // wrong: the sum is kept, but the field in it is gone
    ArrayXd now = gradient(field() + 1);          // right: computed in the same statement
    auto later = gradient((field() + 1).eval());  // right: a temporary array again, so it is kept
    print("now  ", now);
    print("later", later);
  }
  std::cout << '\n';
  {
    ArrayXd u = field();
    u = gradient(u);  // reads what it writes, so it is computed aside first
    print("u = gradient(u)        ", u);
    u = field();
    u += 0.5 * gradient(u);
    print("u += 0.5 * gradient(u) ", u);
    u = field();
    u.head(4) = gradient(u).tail(4);
    print("u.head(4) = … .tail(4) ", u);
    const auto limited = [](double slope) { return std::min(slope, 4.0); };
    u = field();
    ArrayXd g(5);
    g = gradient(u, 0.5);
    g = g.unaryExpr(limited);
    print("limited                ", g);
    ArrayXXd A{{0, 1}, {4, 9}};
    A = gradient<0>(A).transpose();
    std::cout << "A = gradient<0>(A).transpose()\n" << A << '\n';
    ArrayXXd T{{0, 1}, {4, 9}}, across;
    std::tie(T, across) = gradient(T);  // both of what T was before the statement
    std::cout << "std::tie(T, across) = gradient(T)\n" << T << "\n\n" << across << '\n';
  }
}
