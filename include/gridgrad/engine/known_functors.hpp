// SPDX-License-Identifier: MPL-2.0
//
// The functions of coefficients that are known to read their arguments and nothing else: Eigen's own.
//
// A function of the user's may read anything, the array that is being written too: it may have captured it, or find it
// in a global. So whatever is not in this list counts as reading everything. That is never wrong, only slower; a
// function that an Eigen newer than this list brings is no exception.

#pragma once

#include <Eigen/Core>

#include <type_traits>

namespace gridgrad {
namespace detail {

template <class Op>
struct IsKnownFunctor : std::false_type {};

template <class Op>
inline constexpr bool isKnownFunctor = IsKnownFunctor<std::remove_cv_t<Op>>::value;

#define GRIDGRAD_KNOWN(name) \
  template <class... Type>   \
  struct IsKnownFunctor<Eigen::internal::name<Type...>> : std::true_type {};

// How a destination is written.
GRIDGRAD_KNOWN(assign_op)
GRIDGRAD_KNOWN(add_assign_op)
GRIDGRAD_KNOWN(sub_assign_op)
GRIDGRAD_KNOWN(mul_assign_op)
GRIDGRAD_KNOWN(div_assign_op)

// Of a position.
GRIDGRAD_KNOWN(scalar_constant_op)
GRIDGRAD_KNOWN(scalar_identity_op)
GRIDGRAD_KNOWN(linspaced_op)
GRIDGRAD_KNOWN(scalar_random_op)

// Of one coefficient.
GRIDGRAD_KNOWN(scalar_opposite_op)
GRIDGRAD_KNOWN(scalar_abs_op)
GRIDGRAD_KNOWN(scalar_abs2_op)
GRIDGRAD_KNOWN(scalar_conjugate_op)
GRIDGRAD_KNOWN(scalar_arg_op)
GRIDGRAD_KNOWN(scalar_cast_op)
GRIDGRAD_KNOWN(scalar_real_op)
GRIDGRAD_KNOWN(scalar_imag_op)
GRIDGRAD_KNOWN(scalar_real_ref_op)
GRIDGRAD_KNOWN(scalar_imag_ref_op)
GRIDGRAD_KNOWN(scalar_exp_op)
GRIDGRAD_KNOWN(scalar_expm1_op)
GRIDGRAD_KNOWN(scalar_log_op)
GRIDGRAD_KNOWN(scalar_log1p_op)
GRIDGRAD_KNOWN(scalar_log10_op)
GRIDGRAD_KNOWN(scalar_log2_op)
GRIDGRAD_KNOWN(scalar_sqrt_op)
GRIDGRAD_KNOWN(scalar_rsqrt_op)
GRIDGRAD_KNOWN(scalar_cos_op)
GRIDGRAD_KNOWN(scalar_sin_op)
GRIDGRAD_KNOWN(scalar_tan_op)
GRIDGRAD_KNOWN(scalar_acos_op)
GRIDGRAD_KNOWN(scalar_asin_op)
GRIDGRAD_KNOWN(scalar_atan_op)
GRIDGRAD_KNOWN(scalar_cosh_op)
GRIDGRAD_KNOWN(scalar_sinh_op)
GRIDGRAD_KNOWN(scalar_tanh_op)
GRIDGRAD_KNOWN(scalar_acosh_op)
GRIDGRAD_KNOWN(scalar_asinh_op)
GRIDGRAD_KNOWN(scalar_atanh_op)
GRIDGRAD_KNOWN(scalar_logistic_op)
GRIDGRAD_KNOWN(scalar_inverse_op)
GRIDGRAD_KNOWN(scalar_square_op)
GRIDGRAD_KNOWN(scalar_cube_op)
GRIDGRAD_KNOWN(scalar_round_op)
GRIDGRAD_KNOWN(scalar_rint_op)
GRIDGRAD_KNOWN(scalar_floor_op)
GRIDGRAD_KNOWN(scalar_ceil_op)
GRIDGRAD_KNOWN(scalar_boolean_not_op)
GRIDGRAD_KNOWN(scalar_lgamma_op)
GRIDGRAD_KNOWN(scalar_digamma_op)
GRIDGRAD_KNOWN(scalar_erf_op)
GRIDGRAD_KNOWN(scalar_erfc_op)
GRIDGRAD_KNOWN(scalar_ndtri_op)

// Of two.
GRIDGRAD_KNOWN(scalar_sum_op)
GRIDGRAD_KNOWN(scalar_difference_op)
GRIDGRAD_KNOWN(scalar_product_op)
GRIDGRAD_KNOWN(scalar_quotient_op)
GRIDGRAD_KNOWN(scalar_conj_product_op)
GRIDGRAD_KNOWN(scalar_absolute_difference_op)
GRIDGRAD_KNOWN(scalar_hypot_op)
GRIDGRAD_KNOWN(scalar_pow_op)
GRIDGRAD_KNOWN(scalar_igamma_op)
GRIDGRAD_KNOWN(scalar_igammac_op)
GRIDGRAD_KNOWN(scalar_zeta_op)
template <class First, class Second, int nan>
struct IsKnownFunctor<Eigen::internal::scalar_min_op<First, Second, nan>> : std::true_type {};
template <class First, class Second, int nan>
struct IsKnownFunctor<Eigen::internal::scalar_max_op<First, Second, nan>> : std::true_type {};

// Of three.
GRIDGRAD_KNOWN(scalar_betainc_op)

// A function of two, one of them bound.
template <class Op>
struct IsKnownFunctor<Eigen::internal::bind1st_op<Op>> : IsKnownFunctor<Op> {};
template <class Op>
struct IsKnownFunctor<Eigen::internal::bind2nd_op<Op>> : IsKnownFunctor<Op> {};

#if EIGEN_VERSION_AT_LEAST(5, 0, 0)
GRIDGRAD_KNOWN(scalar_zero_op)
GRIDGRAD_KNOWN(equalspaced_op)
GRIDGRAD_KNOWN(scalar_carg_op)
GRIDGRAD_KNOWN(scalar_cbrt_op)
GRIDGRAD_KNOWN(scalar_exp2_op)
GRIDGRAD_KNOWN(scalar_trunc_op)
GRIDGRAD_KNOWN(scalar_sign_op)
GRIDGRAD_KNOWN(core_cast_op)
GRIDGRAD_KNOWN(scalar_bitwise_not_op)
GRIDGRAD_KNOWN(scalar_bitwise_and_op)
GRIDGRAD_KNOWN(scalar_bitwise_or_op)
GRIDGRAD_KNOWN(scalar_bitwise_xor_op)
GRIDGRAD_KNOWN(scalar_boolean_and_op)
GRIDGRAD_KNOWN(scalar_boolean_or_op)
GRIDGRAD_KNOWN(scalar_boolean_xor_op)
GRIDGRAD_KNOWN(scalar_atan2_op)
GRIDGRAD_KNOWN(scalar_boolean_select_op)
template <class Type, bool typed>
struct IsKnownFunctor<Eigen::internal::scalar_isnan_op<Type, typed>> : std::true_type {};
template <class Type, bool typed>
struct IsKnownFunctor<Eigen::internal::scalar_isinf_op<Type, typed>> : std::true_type {};
template <class Type, bool typed>
struct IsKnownFunctor<Eigen::internal::scalar_isfinite_op<Type, typed>> : std::true_type {};
template <class First, class Second, Eigen::internal::ComparisonName comparison, bool typed>
struct IsKnownFunctor<Eigen::internal::scalar_cmp_op<First, Second, comparison, typed>> : std::true_type {};
template <class First, class Second, bool a, bool b, bool c, bool d>
struct IsKnownFunctor<Eigen::internal::scalar_unary_pow_op<First, Second, a, b, c, d>> : std::true_type {};
#else
GRIDGRAD_KNOWN(scalar_isnan_op)
GRIDGRAD_KNOWN(scalar_isinf_op)
GRIDGRAD_KNOWN(scalar_isfinite_op)
template <class Type, bool a, bool b>
struct IsKnownFunctor<Eigen::internal::scalar_sign_op<Type, a, b>> : std::true_type {};
template <>
struct IsKnownFunctor<Eigen::internal::scalar_boolean_and_op> : std::true_type {};
template <>
struct IsKnownFunctor<Eigen::internal::scalar_boolean_or_op> : std::true_type {};
template <>
struct IsKnownFunctor<Eigen::internal::scalar_boolean_xor_op> : std::true_type {};
template <class First, class Second, Eigen::internal::ComparisonName comparison>
struct IsKnownFunctor<Eigen::internal::scalar_cmp_op<First, Second, comparison>> : std::true_type {};
#endif

#undef GRIDGRAD_KNOWN

}  // namespace detail
}  // namespace gridgrad
