/* SPDX-License-Identifier: Apache-2.0 */
/* A table of pointers, a variable and a call of the kernel: what needs relocating. */
#include <stdint.h>

void rt_kprintf(const char *format, ...);

static const char *const names[] = {"light", "wind"};
static uint32_t          asked;

uint32_t sensor_count(void)
{
    rt_kprintf("asked %d times\n", (int)++asked);
    return sizeof names / sizeof names[0];
}

const char *sensor_name(uint32_t index)
{
    return names[index];
}
