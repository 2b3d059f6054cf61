/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sp804.h"

struct registers
{
    volatile rt_uint32_t load;
    volatile rt_uint32_t value;
    volatile rt_uint32_t control;
    volatile rt_uint32_t clear; /* writing anything clears the interrupt */
};

#define CONTROL_32_BITS   (1u << 1)
#define CONTROL_INTERRUPT (1u << 5)
#define CONTROL_PERIODIC  (1u << 6)
#define CONTROL_RUN       (1u << 7)

void sp804_start(struct sp804 *timer, rt_uint32_t address, rt_uint32_t period)
{
    struct registers *registers = (struct registers *)address;

    timer->address = address;
    registers->control = 0;
    registers->load = period;
    registers->control = CONTROL_32_BITS | CONTROL_INTERRUPT | CONTROL_PERIODIC | CONTROL_RUN;
}

void sp804_interrupt(struct sp804 *timer)
{
    ((struct registers *)timer->address)->clear = 1;
}
