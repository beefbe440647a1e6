// SPDX-License-Identifier: MPL-2.0
//
// See by_hand.hpp.

#include "by_hand.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fuzz {

namespace {

constexpr Real infinity = std::numeric_limits<Real>::infinity();

/// From 1 to the next number of a type.
Real unit(Type type) {
  return type == Type::Int     ? Real(0)
         : type == Type::Float ? Real(std::numeric_limits<float>::epsilon())
                               : Real(std::numeric_limits<double>::epsilon());
}

Real size(const Values& a, std::size_t k) {
  return a.isComplex() ? std::hypot(a.real[k], a.imag[k]) : std::abs(a.real[k]);
}

/// The next place, the last axis fastest.
void step(Shape& place, const Shape& shape) {
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    if (++place[axis] < shape[axis]) return;
    place[axis] = 0;
  }
}

std::size_t number(const Shape& place, const Shape& shape) {
  Index k = 0;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) k = k * shape[axis] + place[axis];
  return std::size_t(k);
}

template <class Function>
Values each(const Values& a, Type type, const Function& function) {
  Values result(a.shape, type);
  for (std::size_t k = 0; k < a.size(); ++k) function(result, k);
  return result;
}

Type common(const Values& a, const Values& b) { return std::max(a.type, b.type); }

}  // namespace

Index product(const Shape& shape) {
  Index n = 1;
  for (Index extent : shape) n *= extent;
  return n;
}

Values::Values(Shape s, Type t) : shape(std::move(s)), type(t) {
  const auto n = std::size_t(product(shape));
  real.resize(n);
  imag.resize(n);
  error.resize(n);
}

void Values::set(std::size_t k, Real re, Real im, Real e) {
  const bool isNaN = std::isnan(re) || std::isnan(im), any = e == infinity || (std::isnan(e) && !isNaN);
  real[k] = any ? 0 : re;
  imag[k] = any || !isComplex() ? 0 : im;
  error[k] = any ? infinity : isNaN ? 0 : e;
}

Values add(const Values& a, const Values& b) {
  return each(a, common(a, b), [&](Values& r, std::size_t k) {
    r.set(k, a.real[k] + b.real[k], a.imag[k] + b.imag[k],
          a.error[k] + b.error[k] + unit(r.type) * (size(a, k) + size(b, k)));
  });
}

Values subtract(const Values& a, const Values& b) { return add(a, negate(b)); }

Values multiply(const Values& a, const Values& b) {
  return each(a, common(a, b), [&](Values& r, std::size_t k) {
    const Real e = size(a, k) * b.error[k] + size(b, k) * a.error[k] + a.error[k] * b.error[k] +
                   4 * unit(r.type) * size(a, k) * size(b, k);
    if (r.isComplex())
      r.set(k, a.real[k] * b.real[k] - a.imag[k] * b.imag[k], a.real[k] * b.imag[k] + a.imag[k] * b.real[k], e);
    else
      r.set(k, a.real[k] * b.real[k], 0, a.error[k] == infinity || b.error[k] == infinity ? infinity : e);
  });
}

// Of numbers whose divisor is well away from zero.
Values divide(const Values& a, const Values& b) {
  return each(a, common(a, b), [&](Values& r, std::size_t k) {
    const Real q = a.real[k] / b.real[k];
    const Real e = (a.error[k] + std::abs(q) * b.error[k]) / (std::abs(b.real[k]) - b.error[k]);
    r.set(k, q, 0,
          b.error[k] < std::abs(b.real[k]) / 2 || std::isnan(q) ? e + 4 * unit(r.type) * std::abs(q) : infinity);
  });
}

namespace {

Values extreme(const Values& a, const Values& b, Real sign) {
  return each(a, common(a, b), [&](Values& r, std::size_t k) {
    const bool first = sign * a.real[k] > sign * b.real[k];
    const bool any = std::isnan(a.real[k]) || std::isnan(b.real[k]);
    r.set(k, first ? a.real[k] : b.real[k], 0, any ? infinity : std::max(a.error[k], b.error[k]));
  });
}

}  // namespace

Values smaller(const Values& a, const Values& b) { return extreme(a, b, -1); }
Values larger(const Values& a, const Values& b) { return extreme(a, b, 1); }

Values choose(const Values& a, const Values& b, const Values& x, const Values& y) {
  return each(x, common(x, y), [&](Values& r, std::size_t k) {
    const Values& taken = a.real[k] > b.real[k] ? x : y;
    const bool unsure = !(std::abs(a.real[k] - b.real[k]) > 2 * (a.error[k] + b.error[k])) &&
                        (a.error[k] + b.error[k] > 0) && !std::isnan(a.real[k]) && !std::isnan(b.real[k]);
    const bool any = unsure || a.error[k] == infinity || b.error[k] == infinity;
    r.set(k, taken.real[k], taken.imag[k], any ? infinity : taken.error[k]);
  });
}

Values times(const Values& a, double number) {
  return each(a, a.type, [&](Values& r, std::size_t k) {
    r.set(k, a.real[k] * Real(number), a.imag[k] * Real(number),
          (a.error[k] + 2 * unit(r.type) * size(a, k)) * std::abs(Real(number)));
  });
}

Values plus(const Values& a, double number) {
  return each(a, a.type, [&](Values& r, std::size_t k) {
    r.set(k, a.real[k] + Real(number), a.imag[k],
          a.error[k] + 2 * unit(r.type) * (size(a, k) + std::abs(Real(number))));
  });
}

Values over(const Values& a, double number) { return times(a, 1 / number); }

Values negate(const Values& a) {
  return each(a, a.type, [&](Values& r, std::size_t k) { r.set(k, -a.real[k], -a.imag[k], a.error[k]); });
}

Values abs(const Values& a) {
  const Type type = a.isComplex() ? Type::Double : a.type;
  return each(a, type, [&](Values& r, std::size_t k) {
    r.set(k, size(a, k), 0, a.error[k] + (a.isComplex() ? 4 * unit(type) * size(a, k) : 0));
  });
}

Values square(const Values& a) { return multiply(a, a); }

Values abs2(const Values& a) { return square(abs(a)); }

/// Of what is positive.
Values root(const Values& a) {
  return each(a, a.type, [&](Values& r, std::size_t k) {
    const Real value = std::sqrt(a.real[k]);
    r.set(k, value, 0, a.error[k] / value + 4 * unit(r.type) * value);
  });
}

Values exponential(const Values& a) {
  return each(a, a.type, [&](Values& r, std::size_t k) {
    const Real value = std::exp(a.real[k]);
    r.set(k, value, 0, a.error[k] > 1 ? infinity : value * (2 * a.error[k] + 16 * unit(r.type) * (1 + size(a, k))));
  });
}

Values conjugate(const Values& a) {
  return each(a, a.type, [&](Values& r, std::size_t k) { r.set(k, a.real[k], -a.imag[k], a.error[k]); });
}

Values realPart(const Values& a) {
  return each(a, a.isComplex() ? Type::Double : a.type,
              [&](Values& r, std::size_t k) { r.set(k, a.real[k], 0, a.error[k]); });
}

Values imagPart(const Values& a) {
  return each(a, Type::Double, [&](Values& r, std::size_t k) { r.set(k, a.imag[k], 0, a.error[k]); });
}

Values cast(const Values& a, Type type) {
  return each(a, type, [&](Values& r, std::size_t k) {
    if (type != Type::Int) return r.set(k, a.real[k], a.imag[k], a.error[k] + unit(type) * size(a, k));
    const bool unsure = std::trunc(a.real[k] - 2 * a.error[k]) != std::trunc(a.real[k] + 2 * a.error[k]);
    r.set(k, std::trunc(a.real[k]), 0, unsure ? 1 + a.error[k] : 0);
  });
}

Values take(const Values& a, const Shape& shape, const std::function<Shape(const Shape&)>& from) {
  Values result(shape, a.type);
  Shape place(shape.size());
  for (std::size_t k = 0; k < result.size(); ++k, step(place, shape)) {
    const std::size_t at = number(from(place), a.shape);
    result.set(k, a.real.at(at), a.imag[at], a.error[at]);
  }
  return result;
}

Values permute(const Values& a, const std::vector<int>& axes) {
  Shape shape(a.shape.size());
  for (std::size_t k = 0; k < shape.size(); ++k) shape[k] = a.shape[std::size_t(axes[k])];
  return take(a, shape, [&](const Shape& place) {
    Shape from(place.size());
    for (std::size_t k = 0; k < place.size(); ++k) from[std::size_t(axes[k])] = place[k];
    return from;
  });
}

Values transpose(const Values& a) { return permute(a, {1, 0}); }

Values everyOther(const Values& a, const Shape& start, const Shape& shape, const Shape& stride) {
  return take(a, shape, [&](Shape place) {
    for (std::size_t k = 0; k < place.size(); ++k) place[k] = start[k] + stride[k] * place[k];
    return place;
  });
}

Values part(const Values& a, const Shape& start, const Shape& shape) {
  return everyOther(a, start, shape, Shape(shape.size(), 1));
}

Values reverse(const Values& a, const std::vector<bool>& axes) {
  return take(a, a.shape, [&](Shape place) {
    for (std::size_t k = 0; k < place.size(); ++k)
      if (axes[k]) place[k] = a.shape[k] - 1 - place[k];
    return place;
  });
}

Values chip(const Values& a, int axis, Index at) {
  Shape shape = a.shape;
  shape.erase(shape.begin() + axis);
  return take(a, shape, [&](Shape place) {
    place.insert(place.begin() + axis, at);
    return place;
  });
}

Values pick(const Values& a, int axis, const std::vector<Index>& at) {
  Shape shape = a.shape;
  shape[std::size_t(axis)] = Index(at.size());
  return take(a, shape, [&](Shape place) {
    place[std::size_t(axis)] = at[std::size_t(place[std::size_t(axis)])];
    return place;
  });
}

Values repeat(const Values& a, const Shape& times) {
  Shape shape = a.shape;
  for (std::size_t k = 0; k < shape.size(); ++k) shape[k] *= times[k];
  return take(a, shape, [&](Shape place) {
    for (std::size_t k = 0; k < place.size(); ++k) place[k] %= a.shape[k];
    return place;
  });
}

Values join(const Values& a, const Values& b, int axis) {
  const auto along = std::size_t(axis);
  Shape shape = a.shape;
  shape[along] += b.shape[along];
  Values result(shape, a.type);
  Shape place(shape.size());
  for (std::size_t k = 0; k < result.size(); ++k, step(place, shape)) {
    Shape from = place;
    const bool inA = place[along] < a.shape[along];
    if (!inA) from[along] -= a.shape[along];
    const Values& of = inA ? a : b;
    const std::size_t at = number(from, of.shape);
    result.set(k, of.real[at], of.imag[at], of.error[at]);
  }
  return result;
}

Values pad(const Values& a, const Shape& before, const Shape& after) {
  Shape shape = a.shape;
  for (std::size_t k = 0; k < shape.size(); ++k) shape[k] += before[k] + after[k];
  Values result(shape, a.type);
  Shape place(a.shape.size());
  for (std::size_t k = 0; k < a.size(); ++k, step(place, a.shape)) {
    Shape to = place;
    for (std::size_t axis = 0; axis < to.size(); ++axis) to[axis] += before[axis];
    result.set(number(to, shape), a.real[k], a.imag[k], a.error[k]);
  }
  return result;
}

Values reshape(const Values& a, const Shape& shape, bool firstFastest) {
  const auto memory = [&](const Shape& place, const Shape& within) {
    Index k = 0;
    for (std::size_t axis = 0; axis < within.size(); ++axis) {
      const std::size_t at = firstFastest ? within.size() - 1 - axis : axis;
      k = k * within[at] + place[at];
    }
    return k;
  };
  return take(a, shape, [&](const Shape& place) {
    Index k = memory(place, shape);
    Shape from(a.shape.size());
    for (std::size_t axis = 0; axis < from.size(); ++axis) {
      const std::size_t at = firstFastest ? axis : from.size() - 1 - axis;
      from[at] = k % a.shape[at];
      k /= a.shape[at];
    }
    return from;
  });
}

Values diagonal(const Values& a) {
  return take(a, {std::min(a.shape[0], a.shape[1]), 1}, [](const Shape& place) { return Shape{place[0], place[0]}; });
}

Values reduce(const Values& a, int axis, Reduction how, bool keeps) {
  const auto along = std::size_t(axis);
  const Index n = a.shape[along];
  Shape shape = a.shape;
  shape[along] = 1;
  Values result = part(a, Shape(shape.size(), 0), shape);
  for (Index i = 1; i < n; ++i) {
    Shape start(shape.size(), 0);
    start[along] = i;
    const Values next = part(a, start, shape);
    if (how == Reduction::Largest)
      result = larger(result, next);
    else if (how == Reduction::Smallest)
      result = smaller(result, next);
    else
      result = add(result, next);
  }
  // Eigen adds in another order, so each of n additions may err by the sum of all absolute values.
  if (how == Reduction::Sum || how == Reduction::Mean) {
    Shape place(shape.size());
    for (std::size_t k = 0; k < result.size(); ++k, step(place, shape)) {
      Real all = 0;
      for (Index i = 0; i < n; ++i) {
        place[along] = i;
        all += size(a, number(place, a.shape));
      }
      place[along] = 0;
      result.set(k, result.real[k], result.imag[k], result.error[k] + Real(n) * unit(a.type) * all);
    }
    if (how == Reduction::Mean) result = over(result, double(n));
  }
  if (keeps) return result;
  result.shape.erase(result.shape.begin() + axis);
  return result;
}

Values matrixProduct(const Values& a, const Values& b) {
  const Index inner = b.shape[0], rows = Index(a.size()) / inner, cols = Index(b.size()) / inner;
  Shape shape(a.shape.begin(), a.shape.end() - 1);
  shape.insert(shape.end(), b.shape.begin() + 1, b.shape.end());
  Values result(shape, common(a, b));
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < cols; ++j) {
      Real re = 0, im = 0, e = 0;
      for (Index k = 0; k < inner; ++k) {
        const auto m = std::size_t(i * inner + k), n = std::size_t(k * cols + j);
        re += a.real[m] * b.real[n];
        if (result.isComplex()) {
          re -= a.imag[m] * b.imag[n];
          im += a.real[m] * b.imag[n] + a.imag[m] * b.real[n];
        }
        e += size(a, m) * b.error[n] + size(b, n) * a.error[m] + a.error[m] * b.error[n] +
             Real(inner + 4) * unit(result.type) * size(a, m) * size(b, n);
      }
      result.set(std::size_t(i * cols + j), re, im, e);
    }
  return result;
}

Values numbers(const Shape& shape) {
  Values result(shape, Type::Double);
  for (std::size_t k = 0; k < result.size(); ++k) result.real[k] = Real(k);
  return result;
}

namespace {

/// The weight of one of some places in the derivative at x of the polynomial through them: Lagrange's formula,
/// differentiated once or twice.
Real weight(const std::vector<Real>& at, std::size_t k, Real x, int order) {
  Real below = 1, above = 0;
  for (std::size_t j = 0; j < at.size(); ++j) {
    if (j == k) continue;
    below *= at[k] - at[j];
    if (order == 1) {
      Real factor = 1;
      for (std::size_t i = 0; i < at.size(); ++i)
        if (i != j && i != k) factor *= x - at[i];
      above += factor;
    } else {
      for (std::size_t i = 0; i < at.size(); ++i) {
        if (i == j || i == k) continue;
        Real factor = 1;
        for (std::size_t m = 0; m < at.size(); ++m)
          if (m != i && m != j && m != k) factor *= x - at[m];
        above += factor;
      }
    }
  }
  return above / below;
}

}  // namespace

Values derivative(const Values& f, int axis, int order, const Axis& grid) {
  const Index n = f.shape[std::size_t(axis)];
  const Type type = f.type == Type::Int ? Type::Double : f.type;
  Values result(f.shape, type);
  const bool isPeriodic = grid.first == End::Periodic;
  const auto x = [&](Index i) {
    if (grid.isStep) return Real(grid.step) * Real(i);
    const Index around = i < 0 ? -1 : i >= n ? 1 : 0;
    const bool falls = n > 1 && grid.places[0] > grid.places[1];
    return Real(grid.places[std::size_t(i - around * n)]) + Real(falls ? -around : around) * Real(grid.period);
  };
  Index stride = 1;
  for (std::size_t k = std::size_t(axis) + 1; k < f.shape.size(); ++k) stride *= f.shape[k];
  // Which samples the derivative at sample i reads, and with what weights.
  std::vector<std::vector<Index>> reads(static_cast<std::size_t>(n));
  std::vector<std::vector<Real>> weights(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i) {
    const bool atEnd = !isPeriodic && (i == 0 || i == n - 1);
    std::vector<Index> from{i - 1, i, i + 1};
    if (atEnd) {
      const Index inwards = i == 0 ? 1 : -1,
                  count = ((i == 0 ? grid.first : grid.last) == End::SecondOrder ? 2 : 1) + order;
      from.clear();
      for (Index k = 0; k < count; ++k) from.push_back(i + k * inwards);
    } else if (grid.isStep && order == 1) {
      from = {i - 1, i + 1};
    }
    std::vector<Real> at;
    for (Index k : from) at.push_back(x(k));
    for (std::size_t k = 0; k < from.size(); ++k) {
      weights[std::size_t(i)].push_back(weight(at, k, x(i), order));
      reads[std::size_t(i)].push_back((from[k] + n) % n);
    }
  }
  for (Index k = 0; k < Index(f.size()); ++k) {
    const Index i = k / stride % n;
    Real re = 0, im = 0, e = 0, all = 0, most = 0;
    for (std::size_t j = 0; j < reads[std::size_t(i)].size(); ++j) {
      const auto at = std::size_t(k + (reads[std::size_t(i)][j] - i) * stride);
      const Real w = weights[std::size_t(i)][j];
      re += w * f.real[at];
      im += w * f.imag[at];
      e += std::abs(w) * f.error[at];
      all += std::abs(w);
      most = std::max(most, size(f, at));
    }
    // Differences, weights, products and sums are rounded in the field's own type, and a coordinate one period on in
    // double, as far from zero as it may be.
    Real rounded = 16 * unit(type);
    if (isPeriodic && !grid.isStep && (i == 0 || i == n - 1)) {
      const Real reach = std::abs(x(0)) + std::abs(x(n - 1)) + Real(grid.period);
      const Real gap = std::min(std::abs(x(0) - x(-1)), n > 1 ? std::abs(x(i) - x(i == 0 ? 1 : i - 1)) : infinity);
      rounded += 8 * unit(Type::Double) * reach / gap;
    }
    result.set(std::size_t(k), re, im, e + rounded * all * most);
  }
  return result;
}

Values laplacian(const Values& f, const std::vector<Axis>& grid) {
  Values sum = derivative(f, 0, 2, grid[0]);
  for (std::size_t a = 1; a < grid.size(); ++a) sum = add(sum, derivative(f, int(a), 2, grid[a]));
  return sum;
}

Values divergence(const std::vector<Values>& u, const std::vector<Axis>& grid) {
  Values sum = derivative(u[0], 0, 1, grid[0]);
  for (std::size_t a = 1; a < grid.size(); ++a) sum = add(sum, derivative(u[a], int(a), 1, grid[a]));
  return sum;
}

Values rotation(const Values& u, const Values& v, int a, int b, const std::vector<Axis>& grid) {
  return subtract(derivative(v, a, 1, grid[std::size_t(a)]), derivative(u, b, 1, grid[std::size_t(b)]));
}

Values second(const Values& f, int a, int b, const std::vector<Axis>& grid) {
  if (a == b) return derivative(f, a, 2, grid[std::size_t(a)]);
  return derivative(derivative(f, a, 1, grid[std::size_t(a)]), b, 1, grid[std::size_t(b)]);
}

}  // namespace fuzz
