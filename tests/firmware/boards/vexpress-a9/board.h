/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * vexpress-a9: what RT-Thread's port of Cortex-A asks its board for.
 */
#ifndef BOARD_H
#define BOARD_H

#include <rtthread.h>
#include <mmu.h>

#define __REG32(address) (*(volatile rt_uint32_t *)(address))

/* From the linker script. The port of 5.2 takes it from here. */
extern int __bss_end;

/* The generic interrupt controller of the one core that is used. */
#define ARM_GIC_MAX_NR     1
#define ARM_GIC_NR_IRQS    96
#define GIC_IRQ_START      0
#define GIC_ACK_INTID_MASK 0x3FFu
#define MAX_HANDLERS       ARM_GIC_NR_IRQS

rt_inline rt_uint32_t platform_get_gic_dist_base(void)
{
    return 0x1E001000u;
}

rt_inline rt_uint32_t platform_get_gic_cpu_base(void)
{
    return 0x1E000100u;
}

#endif /* BOARD_H */
