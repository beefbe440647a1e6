// SPDX-License-Identifier: MPL-2.0
//
// A program in whose process two libraries use gridgrad, one compiled for any processor, the other for one with AVX2,
// and for fast mathematics.

extern "C" int plain_wrong();
extern "C" int fast_wrong();

int main() { return plain_wrong() + fast_wrong() + plain_wrong(); }
