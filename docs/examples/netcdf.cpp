// SPDX-License-Identifier: MPL-2.0
//
// A variable of a NetCDF file, on a stretched axis and a globe: its gradient, with units, written beside it. Missing
// values are NaN while they are here.
//
//     netcdf FILE      FILE with temperature(height, latitude, longitude) and the coordinates of these dimensions
//
// Writes dT_dz, dT_dy and dT_dx, per metre. netcdf.py makes such a file with netCDF4, and checks what was written to
// it.

#include <gridgrad.hpp>

#include <unsupported/Eigen/CXX11/Tensor>

#include <netcdf.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <stdexcept>
#include <string>

using Eigen::ArrayXd;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;

namespace {

/// NetCDF stores variables by rows, the last dimension fastest. So do these.
template <int rank>
using Rows = Eigen::Tensor<double, rank, Eigen::RowMajor>;

const double missing = std::numeric_limits<double>::quiet_NaN();
const double pi = std::acos(-1.0), earthRadius = 6371e3;  // metres

void check(int status, const std::string& what) {
  if (status != NC_NOERR) throw std::runtime_error(what + ": " + nc_strerror(status));
}

/// A NetCDF file, closed at the end.
class File {
 public:
  explicit File(const std::string& name) { check(nc_open(name.c_str(), NC_WRITE, &m_id), "cannot be opened"); }
  ~File() { nc_close(m_id); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  operator int() const { return m_id; }
  void flush() { check(nc_sync(m_id), "cannot be written"); }

 private:
  int m_id = -1;
};

/// A variable of a file, by name.
class Variable {
 public:
  Variable(const File& file, const std::string& name) : m_file(file), m_name("variable " + name) {
    check(nc_inq_varid(file, name.c_str(), &m_id), m_name);
    check(nc_inq_vartype(file, m_id, &m_type), m_name);
  }

  template <int rank>
  std::array<int, rank> dimensions() const {
    int found = 0;
    std::array<int, rank> result;
    check(nc_inq_varndims(m_file, m_id, &found), m_name);
    if (found != rank)
      throw std::runtime_error(m_name + ": has " + std::to_string(found) + " dimensions, and should have " +
                               std::to_string(rank));
    check(nc_inq_vardimid(m_file, m_id, result.data()), m_name);
    return result;
  }

  /// Its values, unpacked if they are packed; NaN where there is none.
  template <int rank>
  Rows<rank> read() const {
    Eigen::array<Index, rank> shape;
    const std::array<int, rank> ids = dimensions<rank>();
    for (std::size_t axis = 0; axis < rank; ++axis) {
      std::size_t length = 0;
      check(nc_inq_dimlen(m_file, ids[axis], &length), m_name);
      shape[axis] = Index(length);
    }
    if (m_type == NC_CHAR || m_type == NC_STRING || m_type > NC_MAX_ATOMIC_TYPE)
      throw std::runtime_error(m_name + ": does not hold numbers");
    Rows<rank> t(shape);
    check(nc_get_var_double(m_file, m_id, t.data()), m_name);

    const double scale = attribute("scale_factor", 1), offset = attribute("add_offset", 0);
    const double fill = attribute("_FillValue", defaultFill()), other = attribute("missing_value", fill);
    const auto unpack = [&](double v) { return v == fill || v == other ? missing : v * scale + offset; };
    std::transform(t.data(), t.data() + t.size(), t.data(), unpack);
    return t;
  }

  std::string units() const {
    std::size_t length = 0;
    check(nc_inq_attlen(m_file, m_id, "units", &length), m_name + ": units");
    std::string result(length, ' ');
    check(nc_get_att_text(m_file, m_id, "units", &result[0]), m_name + ": units");
    return result;
  }
  void expectUnits(const std::string& expected) const {
    if (units() != expected)
      throw std::runtime_error(m_name + ": has the units " + units() + ", and should have " + expected);
  }

 private:
  const File& m_file;
  std::string m_name;
  int m_id = -1;
  nc_type m_type = NC_NAT;

  double attribute(const char* name, double otherwise) const {
    double value = otherwise;
    const int status = nc_get_att_double(m_file, m_id, name, &value);
    if (status != NC_ENOTATT) check(status, m_name + ": " + name);
    return value;
  }
  /// What the library fills in where a variable was never written, and has no _FillValue. Bytes have none.
  double defaultFill() const {
    switch (m_type) {
      case NC_SHORT: return NC_FILL_SHORT;
      case NC_INT: return NC_FILL_INT;
      case NC_FLOAT: return double(NC_FILL_FLOAT);
      case NC_DOUBLE: return NC_FILL_DOUBLE;
      default: return missing;
    }
  }
};

/// Adds a variable on the dimensions of another, or, if it is there already, writes its values again.
void write(File& file, const std::string& name, const Variable& like, const std::string& units, Rows<3> t) {
  const std::string what = "variable " + name;
  const double fill = NC_FILL_DOUBLE;
  int id = -1;
  if (nc_inq_varid(file, name.c_str(), &id) != NC_NOERR) {
    check(nc_redef(file), what);
    check(nc_def_var(file, name.c_str(), NC_DOUBLE, 3, like.dimensions<3>().data(), &id), what);
    check(nc_def_var_fill(file, id, NC_FILL, &fill), what);
    check(nc_put_att_text(file, id, "units", units.size(), units.c_str()), what);
    check(nc_enddef(file), what);
  } else if (Variable(file, name).dimensions<3>() != like.dimensions<3>()) {
    throw std::runtime_error(what + ": is there already, on other dimensions");
  }
  std::replace_if(
      t.data(), t.data() + t.size(), [](double v) { return std::isnan(v); }, fill);
  check(nc_put_var_double(file, id, t.data()), what);
  file.flush();
}

/// The coordinates of a dimension are a variable of its name.
ArrayXd coordinates(const File& file, const std::string& dimension, const std::string& units) {
  const Variable variable(file, dimension);
  variable.expectUnits(units);
  const Rows<1> values = variable.read<1>();
  return Eigen::Map<const ArrayXd>(values.data(), values.size());
}

/// The step of coordinates that are evenly spaced, to the precision of float.
double stepOf(const ArrayXd& x, const std::string& name) {
  const Index n = x.size();
  const double step = n < 2 ? 0 : (x[n - 1] - x[0]) / double(n - 1);
  if (n > 0 && (x - ArrayXd::LinSpaced(n, x[0], x[n - 1])).abs().maxCoeff() > 1e-4 * std::abs(step))
    throw std::runtime_error("variable " + name + ": is not evenly spaced");
  return step;
}

long countMissing(const Rows<3>& t) {
  return long(std::count_if(t.data(), t.data() + t.size(), [](double v) { return std::isnan(v); }));
}

void differentiate(const std::string& name) {
  File file(name);
  const Variable temperature(file, "temperature");
  const Rows<3> T = temperature.read<3>();
  const ArrayXd height = coordinates(file, "height", "m");
  const ArrayXd latitude = coordinates(file, "latitude", "degrees_north") * (pi / 180);
  const ArrayXd longitude = coordinates(file, "longitude", "degrees_east") * (pi / 180);

  // A circle of latitude is as long as its distance from the Earth's axis says.
  Rows<3> radius(1, latitude.size(), 1);
  Eigen::Map<ArrayXd>(radius.data(), radius.size()) = earthRadius * latitude.cos();
  const std::array<Index, 3> everywhere{height.size(), 1, longitude.size()};

  auto Tz = derivative<0>(T, height, Edge::SecondOrder);
  auto Ty = derivative<1>(T, ArrayXd(earthRadius * latitude), Edge::SecondOrder);
  auto Tx = derivative<2>(T, stepOf(longitude, "longitude"), Edge::SecondOrder) / radius.broadcast(everywhere);

  // Where nothing was measured there is no slope either, though its neighbours may have one.
  const auto wasMeasured = T == T;  // NaN is not
  const Rows<3> dz = wasMeasured.select(Tz, T), dy = wasMeasured.select(Ty, T), dx = wasMeasured.select(Tx, T);
  const std::string units = temperature.units() + " m-1";
  write(file, "dT_dz", temperature, units, dz);
  write(file, "dT_dy", temperature, units, dy);
  write(file, "dT_dx", temperature, units, dx);

  std::printf("temperature: %ld heights, %ld latitudes, %ld longitudes\n", long(T.dimension(0)), long(T.dimension(1)),
              long(T.dimension(2)));
  std::printf("missing: %ld of %ld samples, %ld of dT_dz, %ld of dT_dy, %ld of dT_dx\n", countMissing(T),
              long(T.size()), countMissing(dz), countMissing(dy), countMissing(dx));
  std::printf("units: %s\n", units.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: netcdf FILE\n");
    return 2;
  }
  try {
    differentiate(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[1], error.what());
    return 1;
  }
}
