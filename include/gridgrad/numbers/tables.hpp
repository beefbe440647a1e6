// SPDX-License-Identifier: MPL-2.0
//
// The weights of a Stencil made from coordinates: a table for each precision and order, made when first asked for.

#pragma once

#include <atomic>
#include <memory>
#include <tuple>
#include <utility>

#include <gridgrad/numbers/formulas.hpp>
#include <gridgrad/numbers/weights.hpp>
#include <gridgrad/spacing.hpp>

namespace gridgrad {
namespace detail {

/// Several threads may ask at once, also for a table that is not there yet: each makes one, the first is kept. A table
/// stays where it is.
class Tables {
 public:
  template <class Distance>
  Tables(Points<Distance> points, Edges edges)
      : m_edges(edges),
        m_points(std::make_shared<const Points<Distance>>(std::move(points))),
        m_tables(&make<float, Distance>, &make<double, Distance>, &make<long double, Distance>) {}

  /// Of the first derivative or the second, for an axis that is long enough.
  template <class Real, int order>
  EIGEN_ALWAYS_INLINE const CoordinateWeights<Real>& get() const {
    const auto* made = std::get<Table<Real>>(m_tables).made[order - 1].load(std::memory_order_acquire);
    return EIGEN_PREDICT_TRUE(made != nullptr) ? *made : first<Real, order>();
  }

 private:
  template <class Real>
  struct Table {
    using Make = CoordinateWeights<Real> (*)(const void* points, Edges edges, int order);
    Make make;
    mutable std::atomic<const CoordinateWeights<Real>*> made[2];

    Table(Make function) : make(function), made{{nullptr}, {nullptr}} {}
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;
    ~Table() {
      for (auto& table : made) delete table.load();
    }
  };

  Edges m_edges;
  std::shared_ptr<const void> m_points;  // whatever type its distances have
  std::tuple<Table<float>, Table<double>, Table<long double>> m_tables;

  template <class Real, int order>
  EIGEN_DONT_INLINE const CoordinateWeights<Real>& first() const {
    const auto& table = std::get<Table<Real>>(m_tables);
    auto weights = std::make_unique<const CoordinateWeights<Real>>(table.make(m_points.get(), m_edges, order));
    const CoordinateWeights<Real>* made = nullptr;
    if (table.made[order - 1].compare_exchange_strong(made, weights.get(), std::memory_order_acq_rel))
      made = weights.release();
    return *made;
  }

  template <class Real, class Distance>
  static CoordinateWeights<Real> make(const void* points, Edges edges, int order) {
    using Working = WiderDistance<typename DistanceScalar<Real>::type, Distance>;
    const auto& given = *static_cast<const Points<Distance>*>(points);
    const auto weigh = [&](const Points<Working>& x) {
      return order == 1 ? detail::coordinateWeights<Real, 1>(x, edges) : detail::coordinateWeights<Real, 2>(x, edges);
    };
    if constexpr (std::is_same<Working, Distance>::value)
      return weigh(given);
    else
      return weigh(given.template as<Working>());
  }
};

}  // namespace detail
}  // namespace gridgrad
