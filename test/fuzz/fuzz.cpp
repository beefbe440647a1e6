// SPDX-License-Identifier: MPL-2.0
//
// Runs trees: fuzz [CASES [TREE [CASE]]]. See trees.py.

#include "fuzz.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <limits>

#include <signal.h>  // sigaltstack

// Where there is a sanitizer, it calls this before it ends the program.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*)());

namespace fuzz {

std::vector<Tree>& trees() {
  static std::vector<Tree> all;
  return all;
}

namespace {

std::size_t bytesOf(Type type) { return type == Type::Complex ? 16 : type == Type::Double ? 8 : 4; }

/// A sample, wherever it lies.
void load(const unsigned char* from, Type type, Real& re, Real& im) {
  im = 0;
  if (type == Type::Int) {
    int value;
    std::memcpy(&value, from, sizeof value);
    re = value;
  } else if (type == Type::Float) {
    float value;
    std::memcpy(&value, from, sizeof value);
    re = Real(value);
  } else {
    double value[2] = {0, 0};
    std::memcpy(value, from, bytesOf(type));
    re = Real(value[0]);
    im = Real(value[1]);
  }
}

void store(unsigned char* to, Type type, double re, double im) {
  const int whole = type == Type::Int ? static_cast<int>(re) : 0;
  const float single = static_cast<float>(re);
  const double pair[2] = {re, im};
  const void* from = type == Type::Int     ? static_cast<const void*>(&whole)
                     : type == Type::Float ? static_cast<const void*>(&single)
                                           : pair;
  std::memcpy(to, from, bytesOf(type));
}

std::string words(const Shape& shape) {
  std::string result;
  for (Index n : shape) result += (result.empty() ? "" : " x ") + std::to_string(n);
  return result;
}

const char* spelled(gridgrad::Edge edge) {
  return edge == gridgrad::Edge::FirstOrder    ? "Edge::FirstOrder"
         : edge == gridgrad::Edge::SecondOrder ? "Edge::SecondOrder"
                                               : "Edge::Periodic";
}

End end(gridgrad::Edge edge) {
  return edge == gridgrad::Edge::FirstOrder    ? End::FirstOrder
         : edge == gridgrad::Edge::SecondOrder ? End::SecondOrder
                                               : End::Periodic;
}

gridgrad::Edge edge(End end) {
  return end == End::FirstOrder    ? gridgrad::Edge::FirstOrder
         : end == End::SecondOrder ? gridgrad::Edge::SecondOrder
                                   : gridgrad::Edge::Periodic;
}

}  // namespace

Case::Case(std::uint64_t seed, std::uint64_t tree, std::uint64_t number)
    : m_state(seed * 0x9E3779B97F4A7C15u ^ (tree + 1) * 0xC2B2AE3D27D4EB4Fu ^ (number + 1) * 0x165667B19E3779F9u) {
  m_notes.precision(17);
  m_regions.reserve(16);
  m_lies.reserve(16);
  next();
  m_scale = below(12) == 0 ? 2 : below(4) == 0 ? 0 : 1;
  m_offScalar = below(6) == 0;
}

// splitmix64, of Steele, Lea and Flood 2014.
std::uint64_t Case::next() {
  std::uint64_t z = (m_state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

double Case::uniform(double low, double high) {
  return low + (high - low) * double(next() >> 11) / double(std::uint64_t(1) << 53);
}

Index Case::upTo(const char* name, Index most) { return noted(name, below(most + 1)); }

// Tiny, about packets, or one axis of some hundreds; not so many samples in all that a case takes long.
Index Case::size(const char* name, int power) {
  static const Index tiny[] = {1, 2, 3, 4, 5}, packets[] = {5, 6, 7, 8, 9, 11, 15, 16, 17, 18, 31, 32, 33, 34, 65};
  Index n = m_scale == 0 || below(4) == 0 ? tiny[below(5)] : packets[below(15)];
  if (m_scale == 2 && below(2) == 0) {
    m_scale = 1;
    n = 100 + below(201);
  }
  if (below(6) == 0 && m_size > 1 && m_size <= 65) n = m_size;  // as many as along another
  const auto product = [&] { return m_size * static_cast<Index>(std::pow(n, power)); };
  if (product() > 8000) n = tiny[below(5)];
  m_size = product();
  return noted(name, n);
}

double Case::step(const char* name) {
  return noted(name, (below(4) == 0 ? -1 : 1) * (below(2) == 0 ? 0.5 : uniform(0.25, 2)));
}

std::vector<Index> Case::places(const char* name, Index count, Index limit) {
  std::vector<Index> all(static_cast<std::size_t>(limit));
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = Index(k);
  for (std::size_t k = 0; k < std::size_t(count); ++k) std::swap(all[k], all[k + std::size_t(below(limit - Index(k)))]);
  all.resize(std::size_t(count));
  m_notes << "  " << name << " = {";
  for (Index at : all) m_notes << ' ' << at;
  m_notes << " }\n";
  return all;
}

gridgrad::Edge Case::drawEdge(Index samples, int order, bool mayClose) {
  const bool first = samples >= order + 1, second = samples >= order + 2;
  if (!mayClose && !first) m_fits = false;
  if (mayClose && (!first || below(3) == 0)) return gridgrad::Edge::Periodic;
  return second && below(2) == 0 ? gridgrad::Edge::SecondOrder : gridgrad::Edge::FirstOrder;
}

gridgrad::Edge Case::edge(const char* name, Axis& axis, Index samples, int order) {
  const gridgrad::Edge drawn = drawEdge(samples, order, axis.isStep);
  axis.first = axis.last = end(drawn);
  m_notes << "  " << name << " = " << spelled(drawn) << '\n';
  return drawn;
}

gridgrad::Edges Case::edges(const char* name, Axis& axis, Index samples, int order) {
  const gridgrad::Edge first = drawEdge(samples, order, axis.isStep);
  const gridgrad::Edge last = first == gridgrad::Edge::Periodic ? first : drawEdge(samples, order, false);
  axis.first = end(first);
  axis.last = end(last);
  m_notes << "  " << name << " = {" << spelled(first) << ", " << spelled(last) << "}\n";
  return {first, last};
}

void Case::drawPlaces(Axis& axis, Index samples) {
  const bool falls = below(3) == 0;
  axis.isStep = false;
  double x = uniform(-2, 2);
  for (Index k = 0; k < samples; ++k) {
    axis.places.push_back(x);
    x += (falls ? -1 : 1) * uniform(0.25, 1.5);
  }
  axis.period = std::abs(x - axis.places[0]);
}

void Case::note(const char* name, const Axis& axis) {
  m_notes << "  " << name << " = ";
  if (axis.isStep) m_notes << "a step of " << axis.step;
  for (std::size_t k = 0; k < axis.places.size() && k < 20; ++k) m_notes << (k == 0 ? "{" : ", ") << axis.places[k];
  if (!axis.isStep) m_notes << (axis.places.size() > 20 ? ", …}" : "}");
  if (!axis.isStep && axis.first == End::Periodic) m_notes << " with a period of " << axis.period;
  m_notes << ", " << spelled(fuzz::edge(axis.first)) << ", " << spelled(fuzz::edge(axis.last)) << '\n';
}

const std::vector<double>& Case::coordinates(const char* name, Axis& axis, Index samples, int) {
  drawPlaces(axis, samples);
  note(name, axis);
  return axis.places;
}

gridgrad::Spacing<double> Case::spacing(const char* name, Axis& axis, Index samples, int order) {
  if (below(2) == 0) {
    drawPlaces(axis, samples);
  } else {
    axis.step = (below(4) == 0 ? -1 : 1) * uniform(0.25, 2);
  }
  const gridgrad::Edge first = drawEdge(samples, order, true);
  const gridgrad::Edge last = first == gridgrad::Edge::Periodic ? first : drawEdge(samples, order, false);
  axis.first = end(first);
  axis.last = end(last);
  note(name, axis);
  if (axis.isStep) return gridgrad::Spacing<double>(axis.step, first, last);
  if (first == gridgrad::Edge::Periodic) return gridgrad::periodic(axis.places, axis.period);
  return gridgrad::Spacing<double>(axis.places, first, last);
}

gridgrad::Stencil Case::stencil(const char* name, Axis& axis, Index samples, int order) {
  const auto made = spacing(name, axis, samples, order);
  return gridgrad::Stencil(made);
}

Shape Case::packed(const Shape& shape, bool firstFastest) {
  Shape stride(shape.size());
  Index all = 1;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const std::size_t axis = firstFastest ? k : shape.size() - 1 - k;
    stride[axis] = all;
    all *= shape[axis];
  }
  return stride;
}

void Case::own(const char* name, void* data, Type type, const Shape& shape, const Shape& stride) {
  auto* first = static_cast<unsigned char*>(data);
  m_regions.push_back({name, {}, {}, first, std::size_t(product(shape)) * bytesOf(type), type});
  m_lies.push_back({name, type, first, shape, stride, m_regions.size() - 1});
  m_notes << "  " << name << " is " << words(shape) << '\n';
}

void Case::moved(const char* name, void* data, const Shape& shape, const Shape& stride) {
  for (Lie& lie : m_lies)
    if (lie.name == name) {
      Region& region = m_regions[lie.region];
      lie.first = region.begin = static_cast<unsigned char*>(data);
      lie.shape = shape;
      lie.stride = stride;
      region.bytes = std::size_t(product(shape)) * bytesOf(lie.type);
      region.before.assign(region.begin, region.begin + region.bytes);
    }
}

const Case::Lie& Case::placed(const char* name, Type type, const Shape& shape, bool firstFastest, int freedom) {
  constexpr Index guard = 40;
  const std::size_t bytes = bytesOf(type);
  const auto span = [&](const Shape& stride, Index& low, Index& high) {
    low = high = 0;
    for (std::size_t k = 0; k < shape.size(); ++k) {
      const Index last = (shape[k] - 1) * stride[k];
      (last < 0 ? low : high) += last;
    }
  };
  Shape stride = packed(shape, firstFastest);
  const std::size_t inner = firstFastest ? 0 : 1, outer = 1 - inner;
  // Across another.
  std::vector<std::size_t> others;
  for (std::size_t k = 0; k < m_lies.size(); ++k)
    if (m_lies[k].type == type && !m_regions[m_lies[k].region].memory.empty() && m_lies[k].shape.size() == shape.size())
      others.push_back(k);
  if (!others.empty() && below(2) == 0) {
    const Lie other = m_lies[others[std::size_t(below(Index(others.size())))]];
    const Region& region = m_regions[other.region];
    // Of a map that has lines, only the distance between them is free, and it must be enough.
    if (freedom > 0) {
      stride = other.stride;
      if (freedom == 2 && below(4) == 0) std::swap(stride[0], stride[1]);
      const bool asLines = stride[inner] == 1 && stride[outer] >= shape[inner];
      const bool apart = std::abs(stride[outer]) >= std::abs(stride[inner]) * shape[inner] ||
                         std::abs(stride[inner]) >= std::abs(stride[outer]) * shape[outer];
      if (freedom == 1 ? !asLines : !apart) stride = packed(shape, firstFastest);
    }
    Index low = 0, high = 0, shift = 0;
    const int how = int(below(4));
    if (how == 1) shift = below(2 * guard) - guard;
    if (how == 2)
      shift = (below(3) - 1) * stride[0] + (below(3) - 1) * stride[std::min<std::size_t>(1, stride.size() - 1)];
    if (how == 3 && freedom == 2) {  // in the same place, from the last sample to the first
      for (std::size_t k = 0; k < 2; ++k) {
        shift += (other.shape[k] - 1) * other.stride[k];
        stride[k] = -stride[k];
      }
    }
    span(stride, low, high);
    const Index first = (other.first - region.begin) / Index(bytes) + shift, last = Index(region.bytes / bytes);
    if (first + low >= 8 && first + high < last - 8) {
      m_lies.push_back({name, type, region.begin + std::size_t(first) * bytes, shape, stride, other.region});
      m_notes << "  " << name << " is " << words(shape) << ", strides " << words(stride) << ", begins " << shift
              << " samples after " << other.name << '\n';
      return m_lies.back();
    }
  }
  stride = packed(shape, firstFastest);
  if (freedom > 0) {
    const Index along = freedom == 2 ? 1 + below(3) * below(2) : 1, gap = below(2) * below(5);
    const bool crossed = freedom == 2 && below(6) == 0;
    stride[crossed ? outer : inner] = along;
    stride[crossed ? inner : outer] = along * shape[crossed ? outer : inner] + gap;
    if (freedom == 2)
      for (Index& s : stride)
        if (below(3) == 0) s = -s;
  }
  Index low = 0, high = 0;
  span(stride, low, high);
  const Index slack = below(2) * (high - low);
  const Index count = high - low + 1 + 2 * guard + slack;
  const std::size_t off = m_offScalar ? 1 + std::size_t(below(Index(bytes) - 1)) : bytes * std::size_t(below(5));
  Region region{
      name, std::vector<unsigned char>(std::size_t(count) * bytes + 96), {}, nullptr, std::size_t(count) * bytes, type};
  region.begin = region.memory.data() + off;
  m_regions.push_back(std::move(region));
  unsigned char* first = m_regions.back().begin + (guard - low) * Index(bytes);
  m_lies.push_back({name, type, first, shape, stride, m_regions.size() - 1});
  m_notes << "  " << name << " is " << words(shape) << ", strides " << words(stride) << ", begins at byte "
          << reinterpret_cast<std::uintptr_t>(first) % 64 << " of 64\n";
  return m_lies.back();
}

void Case::fill(bool withNaN) {
  const bool nan = withNaN && below(8) == 0, whole = below(3) == 0;
  for (Region& region : m_regions) {
    const std::size_t bytes = bytesOf(region.type);
    for (std::size_t at = 0; at < region.bytes; at += bytes) {
      const bool isNaN = nan && region.type != Type::Int && below(40) == 0;
      const auto draw = [&] { return whole ? double(below(33) - 16) / 4 : uniform(-4, 4); };
      const double re = isNaN ? std::numeric_limits<double>::quiet_NaN() : draw(), im = draw();
      store(region.begin + at, region.type, re, im);
    }
    region.before.assign(region.begin, region.begin + region.bytes);
  }
}

const Case::Lie& Case::find(const std::string& name) const {
  for (const Lie& lie : m_lies)
    if (lie.name == name) return lie;
  std::abort();
}

Values Case::values(const char* name) const {
  const Lie& lie = find(name);
  const Region& region = m_regions[lie.region];
  Values result(lie.shape, lie.type);
  Shape place(lie.shape.size());
  for (std::size_t k = 0; k < result.size(); ++k) {
    Index at = lie.first - region.begin;
    for (std::size_t axis = 0; axis < place.size(); ++axis)
      at += place[axis] * lie.stride[axis] * Index(bytesOf(lie.type));
    Real re, im;
    load(region.before.data() + at, lie.type, re, im);
    result.set(k, re, im, 0);
    for (std::size_t axis = place.size(); axis-- > 0;) {
      if (++place[axis] < lie.shape[axis]) break;
      place[axis] = 0;
    }
  }
  return result;
}

bool Case::holds(const char* to, const Values& where, Assign how, const Values& value) {
  const Lie& lie = find(to);
  const std::size_t bytes = bytesOf(lie.type);
  std::ostringstream fault;
  fault.precision(17);
  if (where.shape != value.shape) {
    m_fault = "  the destination is " + words(where.shape) + ", the expression " + words(value.shape) + '\n';
    return false;
  }
  // What it is now, in the order of `where`.
  Values before(where.shape, lie.type);
  std::vector<unsigned char*> at(where.size());
  std::vector<std::vector<bool>> written;
  for (const Region& region : m_regions) written.emplace_back(region.bytes);
  const Region& region = m_regions[lie.region];
  for (std::size_t k = 0; k < where.size(); ++k) {
    auto number = Index(where.real[k]);
    Index offset = 0;
    for (std::size_t axis = lie.shape.size(); axis-- > 0;) {
      offset += number % lie.shape[axis] * lie.stride[axis];
      number /= lie.shape[axis];
    }
    at[k] = lie.first + offset * Index(bytes);
    const auto byte = std::size_t(at[k] - region.begin);
    Real re, im;
    load(region.before.data() + byte, lie.type, re, im);
    before.set(k, re, im, 0);
    for (std::size_t b = 0; b < bytes; ++b) written[lie.region][byte + b] = true;
  }
  const Values assigned = cast(value, lie.type);
  const Values expected = how == Assign::Set     ? assigned
                          : how == Assign::Plus  ? add(before, assigned)
                          : how == Assign::Minus ? subtract(before, assigned)
                                                 : multiply(before, assigned);
  for (std::size_t k = 0; k < where.size() && m_fault.empty(); ++k) {
    Real re, im;
    load(at[k], lie.type, re, im);
    if (std::isinf(expected.error[k])) continue;
    // Twice what rounding may do; and a function near zero may be cut off where numbers are no longer normal.
    const Real bound = 2 * expected.error[k] + (lie.type == Type::Float ? 1e-36L : 1e-290L);
    const Real away = std::hypot(re - expected.real[k], im - expected.imag[k]);
    const bool isNaN = std::isnan(expected.real[k]) || std::isnan(expected.imag[k]);
    if (isNaN ? std::isnan(re) || std::isnan(im) : away <= bound) continue;
    Shape place(where.shape.size());
    auto rest = Index(k);
    for (std::size_t axis = place.size(); axis-- > 0; rest /= where.shape[axis]) place[axis] = rest % where.shape[axis];
    std::size_t wrong = 0;
    for (std::size_t j = 0; j < where.size(); ++j) {
      load(at[j], lie.type, re, im);
      const Real b = 2 * expected.error[j] + (lie.type == Type::Float ? 1e-36L : 1e-290L);
      if (!std::isinf(expected.error[j]) && !(std::hypot(re - expected.real[j], im - expected.imag[j]) <= b)) ++wrong;
    }
    load(at[k], lie.type, re, im);
    fault << "  at (" << words(place) << ") found " << re;
    if (lie.type == Type::Complex) fault << " + " << im << "i";
    fault << ", expected " << expected.real[k];
    if (lie.type == Type::Complex) fault << " + " << expected.imag[k] << "i";
    fault << " within " << bound << "; it was " << before.real[k] << "; " << wrong << " of " << where.size()
          << " are wrong\n";
    m_fault = fault.str();
  }
  for (std::size_t r = 0; r < m_regions.size() && m_fault.empty(); ++r) {
    const Region& each = m_regions[r];
    for (std::size_t byte = 0; byte < each.bytes; ++byte)
      if (!written[r][byte] && each.begin[byte] != each.before[byte]) {
        fault << "  byte " << byte << " of the " << each.bytes << " in which " << each.name
              << " lies changed, and is no part of the destination\n";
        m_fault = fault.str();
        break;
      }
  }
  return m_fault.empty();
}

namespace {

struct {
  const Tree* tree;
  std::uint64_t number;
} now;

void sayWhere() {
  if (!now.tree) return;
  std::fprintf(stderr, "tree %d, case %llu of seed %llu:\n  %s\n", now.tree->number,
               static_cast<unsigned long long>(now.number), static_cast<unsigned long long>(GRIDGRAD_FUZZ_SEED),
               now.tree->statement);
}

void onSignal(int which) {
  sayWhere();
  signal(which, SIG_DFL);
  raise(which);
}

/// Whether a case is right. Sizes that do not fit an edge are drawn again.
bool isRight(const Tree& tree, std::uint64_t number, bool tells) {
  for (std::uint64_t attempt = 0; attempt < 40; ++attempt) {
    Case c(GRIDGRAD_FUZZ_SEED, std::uint64_t(tree.number), number * 64 + attempt);
    std::string thrown;
    bool right = false;
    try {
      right = tree.run(c);
      if (!c.fits()) continue;
    } catch (const std::exception& e) {
      if (!c.fits()) continue;
      thrown = std::string("  thrown: ") + e.what() + '\n';
    }
    if (!right || tells) {
      std::printf("%s: seed %llu, tree %d, case %llu\n  %s\n%s%s", right ? "right" : "WRONG",
                  static_cast<unsigned long long>(GRIDGRAD_FUZZ_SEED), tree.number,
                  static_cast<unsigned long long>(number), tree.statement, c.report().c_str(), thrown.c_str());
      std::printf("  again: fuzz %llu %d %llu; alone: trees.py --seed %llu --tree %d\n\n",
                  static_cast<unsigned long long>(number + 1), tree.number, static_cast<unsigned long long>(number),
                  static_cast<unsigned long long>(GRIDGRAD_FUZZ_SEED), tree.number);
    }
    return right;
  }
  return true;
}

}  // namespace
}  // namespace fuzz

int main(int count, char** arguments) {
  using namespace fuzz;
  const auto argument = [&](int k, long otherwise) { return k < count ? std::atol(arguments[k]) : otherwise; };
  const long cases = argument(1, 20), only = argument(2, -1), which = argument(3, -1);
  // On a stack of their own, should the other be full.
  static char stack[1 << 16];
  stack_t other{};
  other.ss_sp = stack;
  other.ss_size = sizeof stack;
  sigaltstack(&other, nullptr);
  struct sigaction action {};
  action.sa_handler = onSignal;
  action.sa_flags = SA_ONSTACK;
  if (!__sanitizer_set_death_callback)
    for (int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) sigaction(signal, &action, nullptr);
  if (__sanitizer_set_death_callback) __sanitizer_set_death_callback(sayWhere);
  auto all = trees();
  std::sort(all.begin(), all.end(), [](const Tree& a, const Tree& b) { return a.number < b.number; });
  long ran = 0, wrong = 0, wrongTrees = 0;
  for (const Tree& tree : all) {
    if (only >= 0 && tree.number != only) continue;
    long bad = 0;
    for (long number = 0; number < cases; ++number) {
      if (which >= 0 && number != which) continue;
      now = {&tree, std::uint64_t(number)};
      ++ran;
      // Of one tree, its first failure is told; the others are counted.
      if (!isRight(tree, std::uint64_t(number), which >= 0) && bad++ == 0 && which < 0) continue;
      if (bad == 4) break;
    }
    wrong += bad;
    wrongTrees += bad > 0;
  }
  now = {nullptr, 0};
  std::printf("%zu trees, %ld cases of seed %llu, %ld wrong in %ld trees\n", all.size(), ran,
              static_cast<unsigned long long>(GRIDGRAD_FUZZ_SEED), wrong, wrongTrees);
  return wrong != 0 || ran == 0;
}
