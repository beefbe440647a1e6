// SPDX-License-Identifier: MPL-2.0
//
// Arrays in NumPy's own files: read, differentiated and written as np.save writes them, by rows or by columns.
//
//     npy NAME…      reads NAME.npy, of two or three axes, and writes NAME_d0.npy, NAME_d1.npy, …
//
// The gradient is that of samples one unit apart. npy.py makes such files, and checks what was written.
// The format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

#include <gridgrad.hpp>

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

using Eigen::Index;
using gridgrad::Edge;
using gridgrad::gradient;

namespace {

/// An array as a file holds it: the last index goes fastest, or, in Fortran's order, the first.
struct Npy {
  std::vector<Index> shape;
  bool fortranOrder;
  std::vector<double> values;
};

[[noreturn]] void refuse(const std::string& why) { throw std::runtime_error(why); }

/// Numbers are copied between files and memory as they are.
void requireLittleEndian() {
  const std::uint16_t one = 1;
  if (*reinterpret_cast<const unsigned char*>(&one) != 1) refuse("this machine is not little-endian");
}

/// What follows 'key': in the header, a Python dictionary such as
///     {'descr': '<f8', 'fortran_order': False, 'shape': (4, 5), }
/// up to the comma or bracket that ends it.
std::string entry(const std::string& header, const std::string& key) {
  const std::size_t at = header.find('\'' + key + "':");
  if (at == std::string::npos) refuse("the header has no " + key + ": " + header);
  const std::size_t begin = header.find_first_not_of(' ', at + key.size() + 3);
  const std::size_t end =
      begin == std::string::npos ? begin : header.find_first_of(header[begin] == '(' ? ")" : ",}", begin);
  if (end == std::string::npos) refuse("the header does not end: " + header);
  return header.substr(begin, end + (header[end] == ')' ? 1 : 0) - begin);
}

Npy read(const std::string& file) {
  requireLittleEndian();
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse("cannot be opened");
  const std::string bytes(std::istreambuf_iterator<char>(in), {});

  // Six bytes that say what this is, two for the version, and the length of the header: two bytes, or four since 2.0.
  if (bytes.compare(0, 6, "\x93NUMPY") != 0) refuse("is not a .npy file");
  const auto byte = [&](std::size_t k) {
    return k < bytes.size() ? std::size_t(static_cast<unsigned char>(bytes[k])) : 0;
  };
  const std::size_t version = byte(6), lengthBytes = version == 1 ? 2 : 4, begin = 8 + lengthBytes;
  if (version < 1 || version > 3) refuse("has version " + std::to_string(version) + ", and 1 to 3 are known");
  std::size_t length = 0;
  for (std::size_t k = 0; k < lengthBytes; ++k) length += byte(8 + k) << 8 * k;
  if (bytes.size() < begin + length) refuse("ends within the header");
  std::string header = bytes.substr(begin, length);
  header.erase(header.find_last_not_of(" \n") + 1);

  const std::string descr = entry(header, "descr"), order = entry(header, "fortran_order");
  if (descr != "'<f8'") refuse("holds numbers of type " + descr + ", and should hold '<f8', little-endian double");
  if (order != "True" && order != "False") refuse("fortran_order is " + order + ", and should be True or False");

  Npy result{{}, order == "True", {}};
  std::string shape = entry(header, "shape");
  std::replace_if(
      shape.begin(), shape.end(), [](char c) { return c == '(' || c == ',' || c == ')'; }, ' ');
  std::istringstream extents(shape);
  std::size_t size = 1;
  for (Index extent; extents >> extent;) {
    if (extent < 0 || (extent > 0 && size > std::numeric_limits<std::size_t>::max() / 8 / std::size_t(extent)))
      refuse("the shape is not possible: " + header);
    size *= std::size_t(extent);
    result.shape.push_back(extent);
  }
  if (!extents.eof()) refuse("the shape is not understood: " + header);
  const std::size_t found = bytes.size() - begin - length;
  if (found != size * sizeof(double))
    refuse("holds " + std::to_string(found) + " bytes of numbers, and should hold " +
           std::to_string(size * sizeof(double)));
  result.values.resize(size);
  if (size > 0) std::memcpy(result.values.data(), bytes.data() + begin + length, size * sizeof(double));
  return result;
}

/// Writes numbers as an array of the shape and order of another.
void write(const std::string& file, const Npy& like, const double* values) {
  std::string header = "{'descr': '<f8', 'fortran_order': " + std::string(like.fortranOrder ? "True" : "False");
  header += ", 'shape': (";
  for (const Index extent : like.shape) header += std::to_string(extent) + ", ";
  header += "), }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';  // so that the numbers are aligned
  header += '\n';

  std::ofstream out(file, std::ios::binary);
  out.write("\x93NUMPY\x01\x00", 8);
  out.put(char(header.size() & 0xff)).put(char(header.size() >> 8)) << header;
  out.write(reinterpret_cast<const char*>(values), std::streamsize(like.values.size() * sizeof(double)));
  if (!out.flush()) refuse(file + " cannot be written");
}

/// One file for each derivative in the tuple, evaluated into a plain array of the same storage order.
template <class Plain, class Derivatives>
void writeAll(const std::string& name, const Npy& array, const Derivatives& derivatives) {
  int axis = 0;
  const auto one = [&](const auto& derivative) {
    const Plain numbers = derivative;
    write(name + "_d" + std::to_string(axis++) + ".npy", array, numbers.data());
  };
  std::apply([&](const auto&... d) { (one(d), ...); }, derivatives);
}

/// fortran_order False is Eigen's RowMajor, True is its ColMajor. Either way f(i, j) is the f[i, j] of Python.
template <int order>
void differentiate(const std::string& name, const Npy& array) {
  const auto& n = array.shape;
  if (n.size() == 2) {
    using Plain = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, order>;
    const Eigen::Map<const Plain> f(array.values.data(), n[0], n[1]);
    writeAll<Plain>(name, array, gradient(f, Edge::SecondOrder));
  } else if (n.size() == 3) {
    using Plain = Eigen::Tensor<double, 3, order>;
    const Eigen::TensorMap<const Plain> f(array.values.data(), n[0], n[1], n[2]);
    writeAll<Plain>(name, array, gradient(f, Edge::SecondOrder));
  } else {
    refuse("has " + std::to_string(n.size()) + " axes, and should have two or three");
  }
}

}  // namespace

int main(int argc, char** argv) {
  for (int k = 1; k < argc; ++k) {
    const std::string name = argv[k];
    try {
      const Npy array = read(name + ".npy");
      if (array.fortranOrder)
        differentiate<Eigen::ColMajor>(name, array);
      else
        differentiate<Eigen::RowMajor>(name, array);
      std::printf("%s:", name.c_str());
      for (const Index extent : array.shape) std::printf(" %ld", long(extent));
      std::printf(", %s\n", array.fortranOrder ? "by columns" : "by rows");
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s.npy: %s\n", argv[k], error.what());
      return 1;
    }
  }
}
