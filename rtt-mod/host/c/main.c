/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entry of a program that has `#![no_main]` on a PC, too. In a program without it, rustc makes the function `main`, so
 * the linker does not take this one from the library.
 */

/* Made by the attributes of rtt-mod. It does not return. */
void rtt_mod_host_main(void);

int main(void)
{
    rtt_mod_host_main();
    return 0;
}
