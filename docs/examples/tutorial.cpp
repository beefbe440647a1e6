// SPDX-License-Identifier: MPL-2.0
//
// The programs of docs/tutorial.md, one after the other.

#include <gridgrad.hpp>

#include <complex>
#include <iostream>
#include <stdexcept>
#include <vector>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;

namespace {

void samples() {
  const ArrayXd f{{0, 1, 4, 9, 16}};        // x^2 at x = 0, 1, 2, 3, 4
  const ArrayXd slope = gradient(f);        // one unit apart
  const ArrayXd halved = gradient(f, 2.0);  // two units apart
  std::cout << slope.transpose() << '\n' << halved.transpose() << '\n';
}

void coordinates() {
  const ArrayXd x{{0, 1, 3, 4, 7}};
  const ArrayXd f = x.square();
  std::cout << gradient(f, x).transpose() << '\n';
}

void edges() {
  const ArrayXd x{{0, 1, 3, 4, 7}};
  const ArrayXd f = x.square();
  std::cout << gradient(f, x, Edge::SecondOrder).transpose() << '\n';

  const ArrayXd wave{{0, 1, 0, -1}};  // the next sample would be the first again
  std::cout << gradient(wave, 1.0, Edge::Periodic).transpose() << '\n';
}

void twoAxes() {
  const ArrayXd y{{0, 1, 3}};  // three rows
  const double dx = 0.5;       // between columns
  const ArrayXXd F{{0, 5, 10, 15}, {2, 7, 12, 17}, {6, 11, 16, 21}};
  auto [dFdy, dFdx] = gradient(F, y, dx);
  std::cout << dFdy << "\n\n" << dFdx << '\n';
}

void chosenAxes() {
  const ArrayXXd F{{0, 5, 10, 15}, {2, 7, 12, 17}, {6, 11, 16, 21}};
  const ArrayXXd across = gradient<1>(F, 0.5);   // one axis: the expression itself
  const ArrayXXd last = derivative<-1>(F, 0.5);  // the same; -1 is the last axis
  std::cout << (across == last).all() << '\n';
  for (int axis = 0; axis < 2; ++axis)  // an axis known only at run time
    std::cout << "axis " << axis << ": " << derivative(F, axis, 0.5).mean() << '\n';
}

void lazily() {
  const ArrayXXd F{{0, 5, 10, 15}, {2, 7, 12, 17}, {6, 11, 16, 21}};
  const ArrayXd y{{0, 1, 3}};
  auto [dFdy, dFdx] = gradient(F, y, 0.5);                            // nothing is computed
  const ArrayXXd steepness = (dFdy.square() + dFdx.square()).sqrt();  // one pass, no temporaries
  const double most = dFdx.maxCoeff();                                // no array at all
  const double corner = dFdy(2, 3);                                   // one coefficient
  const ArrayXXd middle = dFdx.block(0, 1, 3, 2);                     // two columns of the four
  std::cout << steepness.mean() << ' ' << most << ' ' << corner << '\n' << middle << '\n';
}

void otherData() {
  // Any memory, without a copy: here two rows of three, one row after the other, as NumPy stores them.
  const std::vector<float> buffer{1, 2, 6, 3, 4, 5};
  using RowMajor = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const RowMajor> F(buffer.data(), 2, 3);
  auto [d0, d1] = gradient(F);
  std::cout << d0 << "\n\n" << d1 << "\n\n";

  // A matrix stays a matrix, and integers give double.
  const Eigen::Matrix2i M{{1, 2}, {4, 8}};
  const Eigen::Matrix2d sum = gradient<0>(M) + gradient<1>(M);
  std::cout << sum << "\n\n";

  // Complex fields too.
  const Eigen::ArrayXcd z{{{0, 0}, {1, 2}, {4, 2}}};
  std::cout << gradient(z).transpose() << "\n\n";

  // A std::vector of points is a matrix with a point in each column, without a copy. The path's velocity:
  const std::vector<Eigen::Vector3d> path{{0, 0, 1}, {1, 1, 1}, {2, 4, 1}, {3, 9, 1}};
  const Eigen::Map<const Eigen::Matrix3Xd> P(path[0].data(), 3, Eigen::Index(path.size()));
  std::cout << gradient<1>(P, 0.5) << '\n';
}

void stencils() {
  const ArrayXd x{{0, 1, 3, 4, 7}};
  const Stencil stencil(x, Edge::SecondOrder);  // the weights are computed once, at first use
  const ArrayXd f = x.square(), g = x.cube();
  std::cout << gradient(f, stencil).transpose() << '\n' << gradient(g, stencil).transpose() << "\n\n";

  Eigen::ArrayXXd weights(5, 3);
  weights << stencil.lower(), stencil.centre(), stencil.upper();
  std::cout << stencil << '\n' << weights << '\n';
}

void mistakes() {
  const ArrayXXd F = ArrayXXd::Zero(2, 4);
  try {
    auto [dFdy, dFdx] = gradient(F, 1.0, 0.5, Edge::SecondOrder);
    std::cout << dFdy << dFdx;
  } catch (const std::invalid_argument& error) {
    std::cout << error.what() << '\n';
  }
}

}  // namespace

int main() {
  const auto heading = [](const char* what) { std::cout << "\n-- " << what << '\n'; };
  std::cout << "The programs of the tutorial.\n";
  heading("samples"), samples();
  heading("coordinates"), coordinates();
  heading("edges"), edges();
  heading("two axes"), twoAxes();
  heading("chosen axes"), chosenAxes();
  heading("lazily"), lazily();
  heading("other data"), otherData();
  heading("stencils"), stencils();
  heading("mistakes"), mistakes();
}
