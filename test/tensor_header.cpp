// SPDX-License-Identifier: MPL-2.0
//
// Compiles the header that the tests of tensors share.
