// SPDX-License-Identifier: MPL-2.0
//
// The slope of a published turbulent velocity profile, and two things that follow from it.
//
//     channel FILE      FILE as channel180.csv: remarks, a line "y,U,dUdy", then three numbers on each line
//
// Lengths are in units of half the channel's height, velocities in units of u_tau, the friction velocity. In these
// units the kinematic viscosity is 1/Re_tau.

#include <gridgrad.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

const double ReTau = 178.12;

struct Profile {
  Eigen::ArrayXd y, U, publishedSlope;
};

[[noreturn]] void refuse(const std::string& file, long line, const std::string& why) {
  throw std::runtime_error(file + ":" + std::to_string(line) + ": " + why);
}

std::vector<std::string> splitAtCommas(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text)
    if (c == ',')
      words.emplace_back();
    else
      words.back() += c;
  return words;
}

Profile read(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file + ": cannot be opened");

  std::vector<double> columns[3];
  bool hasHeader = false;
  std::string text;
  for (long line = 1; std::getline(in, text); ++line) {
    if (!text.empty() && text.back() == '\r') text.pop_back();
    if (text.empty() || text[0] == '#') continue;
    if (!hasHeader) {
      if (text != "y,U,dUdy") refuse(file, line, "expected the header y,U,dUdy, but found: " + text);
      hasHeader = true;
      continue;
    }
    const std::vector<std::string> words = splitAtCommas(text);
    if (words.size() != 3)
      refuse(file, line, "expected 3 columns, but found " + std::to_string(words.size()) + ": " + text);
    for (std::size_t k = 0; k < 3; ++k) {
      char* end = nullptr;
      const double number = std::strtod(words[k].c_str(), &end);
      if (words[k].empty() || *end != '\0' || !std::isfinite(number))
        refuse(file, line, "column " + std::to_string(k + 1) + " is not a number: \"" + words[k] + "\"");
      columns[k].push_back(number);
    }
  }
  if (!hasHeader) throw std::runtime_error(file + ": has no header y,U,dUdy");

  const auto array = [](const std::vector<double>& v) {
    return Eigen::Map<const Eigen::ArrayXd>(v.data(), static_cast<Eigen::Index>(v.size()));
  };
  return {array(columns[0]), array(columns[1]), array(columns[2])};
}

void print(const Profile& profile) {
  const auto& [y, U, publishedSlope] = profile;

  // Half the interest is at the wall, which is the first sample: there the slope wants an edge as good as the inside.
  const auto slope = gridgrad::gradient(U, y, gridgrad::Edge::SecondOrder);

  std::printf("# The slope of the mean velocity in a channel, Re_tau = %.2f.\n", ReTau);
  std::printf("# The difference is in per cent of the slope at the wall.\n");
  std::printf("#%9s %9s %10s %10s %12s\n", "y+", "U", "dU/dy", "published", "difference");
  const Eigen::ArrayXd difference = 100 * (slope - publishedSlope) / publishedSlope[0];
  for (Eigen::Index i = 0; i < y.size(); ++i)
    std::printf("%10.3f %9.4f %10.3f %10.3f %+12.4f\n", y[i] * ReTau, U[i], slope[i], publishedSlope[i], difference[i]);

  Eigen::Index worst;
  difference.abs().maxCoeff(&worst);
  std::printf("\n\n# Worst difference: %+.4f %%, at y+ = %.2f.\n", difference[worst], y[worst] * ReTau);

  // The wall is held still by viscosity alone: u_tau^2 = nu dU/dy there. In units of u_tau^2 this should be 1.
  std::printf("# Wall friction nu dU/dy: %.4f, and 1 by definition of the units.\n", slope[0] / ReTau);

  // Viscosity and turbulence together carry the stress 1 - y, so turbulence carries what viscosity does not.
  const auto stress = (1 - y) - slope / ReTau;
  const auto mixingLength = stress.abs().sqrt() / slope.abs();

  // Van Driest's law of 1956, doi:10.2514/8.3713, for the lower part of the layer: 0.41 y (1 - exp(-y+ / 26)).
  const auto lawOfTheWall = 0.41 * y * (1 - (-y * ReTau / 26).exp());

  // Nearer the wall the stress of turbulence is a small difference of large numbers; at the centre it is 0/0.
  std::printf("\n\n# The mixing length sqrt(-uv)/|dU/dy|, with -uv = (1 - y) - nu dU/dy.\n");
  std::printf("#%9s %9s %10s %10s\n", "y+", "-uv", "length", "van Driest");
  for (Eigen::Index i = 0; i + 1 < y.size(); ++i)
    if (y[i] * ReTau > 5)
      std::printf("%10.3f %9.4f %10.4f %10.4f\n", y[i] * ReTau, stress[i], mixingLength[i], lawOfTheWall[i]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: channel FILE\n");
    return 2;
  }
  const std::string file = argv[1];
  try {
    print(read(file));
  } catch (const std::invalid_argument& error) {  // gridgrad knows no file
    std::fprintf(stderr, "%s: %s\n", file.c_str(), error.what());
    return 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
