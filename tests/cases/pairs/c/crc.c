/* SPDX-License-Identifier: Apache-2.0 */
/* The checksum of a file of 65,536 bytes. */
#include "k.h"

static uint32_t table[256];

int main(void)
{
    MARK;
    for (uint32_t i = 0; i < 256; i++)
    {
        uint32_t c = i;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
        table[i] = c;
    }
    uint8_t b[512];
    int     f = open("/data.bin", O_RDONLY, 0);
    if (f < 0)
        return 1;
    uint32_t crc = ~0u;
    int      n;
    while ((n = read(f, b, sizeof b)) > 0)
        for (int i = 0; i < n; i++)
            crc = table[(crc ^ b[i]) & 255] ^ (crc >> 8);
    close(f);
    rt_kprintf("crc %08x\n", ~crc);
    MARK;
    return 0;
}
