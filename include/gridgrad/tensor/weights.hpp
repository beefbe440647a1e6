// SPDX-License-Identifier: MPL-2.0
//
// The weights of a derivative, as its evaluator holds them: those of its rule, and copies of them where these are
// needed.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <cstddef>
#include <memory>
#include <vector>

#include <gridgrad/tensor/device.hpp>
#include <gridgrad/tensor/loops.hpp>

namespace gridgrad {
namespace detail {

template <class Rule, class Device>
class TensorWeights {
 public:
  using Real = typename Rule::Real;
  using View = typename Rule::View;

  explicit TensorWeights(const Rule& rule) : m_rule(rule), m_view(m_rule.view()), m_ends(*m_view.ends) {}

  /// Good as long as this is, and not only on the processor that made it.
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE View view() const {
    View view = m_view;
    view.ends = &m_ends;
    return view;
  }

  /// Before an evaluation: on a device of its own memory, the weights are there too. Elsewhere there are tables for
  /// samples that are few coefficients apart.
  template <class Index>
  void allocate(const Device& device, const TensorAxis<Index>& axis) {
    if (m_view.hasStep()) return;
    const std::size_t n = std::size_t(axis.samples);
    if constexpr (isGpu<Device>) {
      const std::size_t bytes = n * sizeof(Real);
      Real* weights = static_cast<Real*>(device.allocate(2 * bytes));
      device.memcpyHostToDevice(weights, m_view.lower, bytes);
      device.memcpyHostToDevice(weights + n, m_view.upper, bytes);
      m_view.lower = weights;
      m_view.upper = weights + n;
    } else {
      if (axis.stride == 1 || axis.stride >= thinStride || axis.samples * axis.stride >= longestThin) return;
      const std::size_t stride = std::size_t(axis.stride), count = n * stride;
      const auto weights = std::make_shared<std::vector<Real>>(2 * count);
      for (std::size_t k = 0; k < count; ++k) {
        (*weights)[k] = m_view.lower[k / stride];
        (*weights)[count + k] = m_view.upper[k / stride];
      }
      m_repeated = weights;
    }
  }

  /// After it.
  void release(const Device& device) {
    if constexpr (isGpu<Device>) {
      if (m_view.lower == m_rule.view().lower) return;  // never taken, or dropped before
      device.deallocate(const_cast<Real*>(m_view.lower));
      m_view = m_rule.view();
    }
  }

  RepeatedWeights<Real> repeated() const {
    if (!m_repeated) return {nullptr, nullptr};
    return {m_repeated->data(), m_repeated->data() + m_repeated->size() / 2};
  }

 private:
  const Rule m_rule;  // evaluators may outlive the expression they were made from
  View m_view;        // of the rule, or of a copy of its weights on the device
  Ends<Real> m_ends;
  std::shared_ptr<const std::vector<Real>> m_repeated;
};

}  // namespace detail
}  // namespace gridgrad
