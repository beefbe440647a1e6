// SPDX-License-Identifier: MPL-2.0
//
// A field larger than memory: it lies in a file, mapped into the address space, and its gradient is computed slab by
// slab into another such file.
//
//     slabs FOLDER N0 N1 N2     makes a file of N0 x N1 x N2 doubles in FOLDER, and writes |grad f|^2 to another
//     slabs FOLDER N0 N1 N2 M   then again with M x N1 x N2, at once as well, and compares the two bit for bit
//
// Progress and figures go to standard error, and the files go at the end. For Linux: mmap, madvise, and /proc for the
// peak of memory. Compiled with -ffp-contract=off: see docs/data.md.

#include <gridgrad.hpp>

#include <unsupported/Eigen/CXX11/Tensor>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>

using Eigen::ArrayXd;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;

namespace {

using Tensor3 = Eigen::Tensor<double, 3, Eigen::RowMajor>;
using Rows = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Shape = std::array<Index, 3>;

/// A file of doubles, [shape[0]][shape[1]][shape[2]], the last index fastest, mapped into the address space. The file
/// goes when this does.
class MappedField {
 public:
  MappedField(const std::string& file, const Shape& shape) : m_file(file), m_shape(shape) {
    const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0666);
    if (descriptor < 0) fail(errno);
    // A file without its blocks would be found out where it is written, by a signal.
    int error = posix_fallocate(descriptor, 0, off_t(bytes()));
    void* memory = error ? MAP_FAILED : mmap(nullptr, bytes(), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (!error && memory == MAP_FAILED) error = errno;
    close(descriptor);
    if (error) {
      unlink(file.c_str());
      fail(error);
    }
    m_data = static_cast<double*>(memory);
  }
  ~MappedField() {
    munmap(m_data, bytes());
    unlink(m_file.c_str());
  }
  MappedField(const MappedField&) = delete;
  MappedField& operator=(const MappedField&) = delete;

  const Shape& shape() const { return m_shape; }
  std::size_t planeBytes() const { return std::size_t(m_shape[1] * m_shape[2]) * sizeof(double); }
  std::size_t bytes() const { return std::size_t(m_shape[0]) * planeBytes(); }

  double* data() { return m_data; }
  Eigen::TensorMap<const Tensor3> all() const { return {m_data, m_shape[0], m_shape[1], m_shape[2]}; }
  Eigen::TensorMap<Tensor3> planes(Index first, Index count) {
    return {m_data + first * m_shape[1] * m_shape[2], count, m_shape[1], m_shape[2]};
  }

  /// Planes before `end` are not needed for now: they leave memory. What was written to them is the file's.
  void releaseBefore(Index end) {
    const std::size_t page = std::size_t(sysconf(_SC_PAGESIZE));
    const std::size_t upTo = std::size_t(std::max<Index>(end, 0)) * planeBytes() / page * page;
    if (upTo < m_released) m_released = 0;  // from the beginning once more
    if (upTo > m_released) madvise(reinterpret_cast<char*>(m_data) + m_released, upTo - m_released, MADV_DONTNEED);
    m_released = upTo;
  }

 private:
  std::string m_file;
  Shape m_shape;
  double* m_data = nullptr;
  std::size_t m_released = 0;

  [[noreturn]] void fail(int error) const { throw std::system_error(error, std::generic_category(), m_file); }
};

/// Says on standard error how far the work is: five times a second, and at the end.
class Progress {
 public:
  Progress(const char* work, const MappedField& field, Index thickness)
      : m_work(work),
        m_slabs((field.shape()[0] + thickness - 1) / thickness),
        m_megabytes(double(field.bytes()) / 1e6) {}

  void slabDone() {
    const Clock::time_point now = Clock::now();
    ++m_done;
    if (now - m_said < std::chrono::milliseconds(200) && m_done < m_slabs) return;
    m_said = now;
    const double part = double(m_done) / double(m_slabs),
                 seconds = std::chrono::duration<double>(now - m_start).count();
    std::fprintf(stderr, "\r%s: %3.0f %%, slab %ld of %ld, %.0f MB/s ", m_work, std::floor(100 * part), long(m_done),
                 long(m_slabs), part * m_megabytes / seconds);
    if (m_done == m_slabs) std::fputc('\n', stderr);
  }

 private:
  using Clock = std::chrono::steady_clock;

  const char* m_work;
  Index m_slabs, m_done = 0;
  double m_megabytes;
  Clock::time_point m_start = Clock::now(), m_said = m_start;
};

/// Calls compute(first, count) for one slab of planes after another.
template <class Compute>
void bySlabs(Index planes, Index thickness, const Compute& compute) {
  for (Index first = 0; first < planes; first += thickness) compute(first, std::min(thickness, planes - first));
}

/// Slabs of about a megabyte: they stay in a cache.
Index thicknessFor(const MappedField& field) { return std::max<Index>(1, (1 << 20) / Index(field.planeBytes())); }

/// Where the samples are: coordinates along the first axis, stretched, and a step along each of the others.
struct Grid {
  ArrayXd a;
  double hb, hc;

  explicit Grid(const Shape& shape)
      : a(ArrayXd::LinSpaced(shape[0], 0, 2).square()), hb(1 / double(shape[1])), hc(1 / double(shape[2])) {}
};

/// f = sin(a) cos(b) exp(-c).
void fill(MappedField& field, const Grid& grid) {
  const Shape& n = field.shape();
  const ArrayXd cosine = (grid.hb * ArrayXd::LinSpaced(n[1], 0, double(n[1] - 1))).cos();
  const ArrayXd decay = (-grid.hc * ArrayXd::LinSpaced(n[2], 0, double(n[2] - 1))).exp();
  Progress progress("field", field, thicknessFor(field));
  bySlabs(n[0], thicknessFor(field), [&](Index first, Index count) {
    Eigen::TensorMap<Tensor3> slab = field.planes(first, count);
    for (Index i = 0; i < count; ++i)
      for (Index j = 0; j < n[1]; ++j)
        for (Index k = 0; k < n[2]; ++k) slab(i, j, k) = std::sin(grid.a[first + i]) * cosine[j] * decay[k];
    field.releaseBefore(first + count);
    progress.slabDone();
  });
}

/// The most memory this process ever had, in bytes, mapped files included. (What getrusage says may be that of the
/// process which started this one.)
double peakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (double kilobytes = 0; word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
  throw std::runtime_error("/proc/self/status does not say how much memory was used");
}

/// While this is there, the process cannot have more memory of its own than so many bytes: allocations fail.
class MemoryLimit {
 public:
  explicit MemoryLimit(std::size_t bytes) {
    getrlimit(RLIMIT_DATA, &m_before);
    const rlimit now = {std::min<rlim_t>(bytes, m_before.rlim_max), m_before.rlim_max};
    if (setrlimit(RLIMIT_DATA, &now) != 0) throw std::system_error(errno, std::generic_category(), "setrlimit");
  }
  ~MemoryLimit() { setrlimit(RLIMIT_DATA, &m_before); }
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

 private:
  rlimit m_before;
};

/// |grad f|^2 of one file, written to another.
void steepness(MappedField& in, MappedField& out, const Grid& grid) {
  Progress progress("|grad f|^2", in, thicknessFor(in));
  auto [da, db, dc] = gradient(in.all(), grid.a, grid.hb, grid.hc, Edge::SecondOrder);  // nothing is computed
  bySlabs(in.shape()[0], thicknessFor(in), [&, da = da, db = db, dc = dc](Index first, Index count) {
    const Shape offset{first, 0, 0}, extent{count, in.shape()[1], in.shape()[2]};
    out.planes(first, count) =
        da.slice(offset, extent).square() + db.slice(offset, extent).square() + dc.slice(offset, extent).square();
    in.releaseBefore(first + count - 1);  // the next slab reads the last plane of this one again
    out.releaseBefore(first + count);
    progress.slabDone();
  });
}

/// Whether the slabs that `compute` writes to `out`, thin or thick, are the whole, to the last bit.
template <class Compute>
void compare(const char* name, const double* whole, MappedField& out, const Compute& compute) {
  bool same = true;
  for (const Index thickness : {Index(1), thicknessFor(out), Index(30)}) {
    std::memset(out.data(), 0xff, out.bytes());
    bySlabs(out.shape()[0], thickness, compute);
    same = same && std::memcmp(out.data(), whole, out.bytes()) == 0;
  }
  std::printf("%-36s %s\n", name, same ? "yes" : "no");
}

template <class Expression>
void compareSlices(const char* name, const Expression& expression, MappedField& out) {
  const Tensor3 whole = expression;
  compare(name, whole.data(), out, [&](Index first, Index count) {
    out.planes(first, count) = expression.slice(Shape{first, 0, 0}, Shape{count, out.shape()[1], out.shape()[2]});
  });
}

/// The same with arrays: the planes of the file as rows.
template <class Expression>
void compareRows(const char* name, const Expression& expression, MappedField& out) {
  const Rows whole = expression;
  compare(name, whole.data(), out, [&](Index first, Index count) {
    Eigen::Map<Rows>(out.planes(first, count).data(), count, whole.cols()) = expression.middleRows(first, count);
  });
}

void compareAll(MappedField& in, MappedField& out, const Grid& grid) {
  const auto stretched = [](Index n) { return Stencil(ArrayXd::LinSpaced(n, 0, 2).square(), Edge::SecondOrder); };
  const Stencil a(grid.a, Edge::SecondOrder), b = stretched(in.shape()[1]), c = stretched(in.shape()[2]);
  const Eigen::TensorMap<const Tensor3> f = in.all();
  std::printf("Slabs are the whole, bit for bit:\n");
  compareSlices("axis 0, a step", derivative<0>(f, grid.hb), out);
  compareSlices("axis 1, a step", derivative<1>(f, grid.hb), out);
  compareSlices("axis 2, a step", derivative<2>(f, grid.hc), out);
  compareSlices("axis 0, coordinates, second order", derivative<0>(f, a), out);
  compareSlices("axis 1, coordinates, second order", derivative<1>(f, b), out);
  compareSlices("axis 2, coordinates, second order", derivative<2>(f, c), out);
  {
    auto [da, db, dc] = gradient(f, a, grid.hb, grid.hc, Edge::SecondOrder);
    const auto whole = da.square() + db.square() + dc.square();
    compareSlices("|grad f|^2", whole, out);
    steepness(in, out, grid);
    std::printf("%-36s %s\n", "|grad f|^2, its derivatives sliced",
                std::memcmp(out.data(), Tensor3(whole).data(), out.bytes()) == 0 ? "yes" : "no");
  }
  const Eigen::Map<const Rows> rows(f.data(), in.shape()[0], in.shape()[1] * in.shape()[2]);
  compareRows("rows of an array, a step", derivative<0>(rows, grid.hb), out);
  compareRows("rows of an array, coordinates", derivative<0>(rows, a), out);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5 && argc != 6) {
    std::fprintf(stderr, "usage: slabs FOLDER N0 N1 N2 [M]\n");
    return 2;
  }
  try {
    const std::string folder = argv[1];
    const auto number = [&](int k) { return Index(std::stol(argv[k])); };
    {
      const MemoryLimit limited(64 << 20);
      MappedField in(folder + "/slabs.field", {number(2), number(3), number(4)});
      MappedField out(folder + "/slabs.steepness", in.shape());
      const Grid grid(in.shape());
      fill(in, grid);
      steepness(in, out, grid);
      const double peak = peakMemory(), field = double(in.bytes());
      std::fprintf(stderr, "field %.1f MB, and as much written; peak memory %.1f MB\n", field / 1e6, peak / 1e6);
      std::printf("%ld x %ld x %ld samples, %.0f MB, in slabs of %ld planes\n", long(in.shape()[0]),
                  long(in.shape()[1]), long(in.shape()[2]), field / 1e6, long(thicknessFor(in)));
      std::printf("Peak memory below a tenth of that: %s\n", peak < field / 10 ? "yes" : "no");
    }
    if (argc == 6) {
      MappedField in(folder + "/slabs.field", {number(5), number(3), number(4)});
      MappedField out(folder + "/slabs.result", in.shape());
      const Grid grid(in.shape());
      fill(in, grid);
      compareAll(in, out, grid);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "slabs: %s\n", error.what());
    return 1;
  }
}
