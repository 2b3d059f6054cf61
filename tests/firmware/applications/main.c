/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The firmware's own program: none. The shell has its own thread, and everything else comes from the card.
 */
int main(void)
{
    return 0;
}
