/* SPDX-License-Identifier: Apache-2.0 */
/* GCC has these types under another name, for use where there is no C library. */
#include <stdint-gcc.h>
