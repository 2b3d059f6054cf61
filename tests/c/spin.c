/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Never ends.
 */
int main(void)
{
    for (;;)
        ;
}
