/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Jumps to where nothing may be executed.
 */
int main(void)
{
    ((void (*)(void))0xe0000001)();
    return 0;
}
