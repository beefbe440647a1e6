// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a Stencil holds weights up to long double; give a more precise field its step or coordinates
// themselves
//
// A field of a user's scalar that is more precise than long double would lose its digits to a Stencil's weights.

#include <gridgrad/gradient.hpp>

#include <limits>

/// A number with twice the digits of a double, as far as a declaration goes.
struct Quad {
  Quad(double = 0);
};
Quad operator+(Quad, Quad);
Quad operator-(Quad, Quad);
Quad operator*(Quad, Quad);
Quad operator/(Quad, Quad);
Quad operator-(Quad);
bool operator==(Quad, Quad);
bool operator!=(Quad, Quad);
bool operator<(Quad, Quad);
std::ostream& operator<<(std::ostream&, Quad);

template <>
struct std::numeric_limits<Quad> : std::numeric_limits<double> {
  static constexpr int digits = 106;
};
template <>
struct Eigen::NumTraits<Quad> : Eigen::GenericNumTraits<Quad> {};

Quad slope(const Eigen::Array<Quad, Eigen::Dynamic, 1>& f) {
#ifdef MISTAKE
  return gridgrad::gradient(f, gridgrad::Stencil(0.1))[0];
#else
  return gridgrad::gradient(f, 0.1)[0];
#endif
}
