/* SPDX-License-Identifier: Apache-2.0 */
/* `exit`: it ends the module with that code. */
#include <rtt_mod.h>

void exit(int code)
{
    rttm_exit(code);
}
