/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults on Cortex-M. `HardFault_Handler`, which gets all faults that the board does not handle itself, is linked with
 * `-Wl,--wrap=HardFault_Handler`. RT-Thread's hook in it can't be used: when it returns RT_EOK, 4.0.3 continues with a stack
 * pointer that is wrong by the registers that it has saved, and each port passes other arguments to the hook.
 */
#include <rtthread.h>

#include "fault.h"
#include "../port/groups.h"

#if defined(RTT_MOD_USING_FAULTS) && defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'

/* The frame that the processor pushes when an exception is taken. */
struct exception_frame
{
    rt_uint32_t r0, r1, r2, r3, r12, lr, pc, psr;
};

/* r4 to r11, as the handler below saves them. */
struct saved_registers
{
    rt_uint32_t r8_to_r11[4];
    rt_uint32_t filler;
    rt_uint32_t r4_to_r7[4];
};

#define PSR_THUMB   0x01000000u
#define PSR_ALIGNED 0x00000200u /* a word was left out above the frame, to align it */

/* Fault status: Armv7-M Architecture Reference Manual, B3.2.15. Cores without it have only hard faults. */
#define FAULT_STATUS      (*(volatile rt_uint32_t *)0xE000ED28u)
#define HARD_FAULT_STATUS (*(volatile rt_uint32_t *)0xE000ED2Cu)
#define MEMORY_ADDRESS    (*(volatile rt_uint32_t *)0xE000ED34u)
#define BUS_ADDRESS       (*(volatile rt_uint32_t *)0xE000ED38u)

#define MEMORY_ADDRESS_VALID 0x00000080u
#define BUS_ADDRESS_VALID    0x00008000u
/* The frame could not be pushed: MSTKERR, STKERR, and STKOF of Armv8-M. */
#define STACKING_FAILED 0x00101010u

/* The place for lazily saved floating-point state is gone: FPCCR, B3.2.21. */
#define FLOATING_POINT_CONTEXT (*(volatile rt_uint32_t *)0xE000EF34u)
#define LAZY_STATE_PRESERVED   0x1u

/* The bits of the fault status, the most precise first. */
static const struct
{
    rt_uint32_t bit;
    const char *cause;
} causes[] = {
    {0x02000000, "division by zero"},
    {0x01000000, "unaligned access"},
    {0x00080000, "use of a coprocessor that is not there"},
    {0x00040000, "jump to a wrong exception return"},
    {0x00020000, "jump to an address without Thumb code"},
    {0x00010000, "undefined instruction"},
    {0x00000200, "bus fault in a data access"},
    {0x00000400, "bus fault in a data access that came late"},
    {0x00000100, "bus fault in an instruction fetch"},
    {0x00000002, "forbidden data access"},
    {0x00000001, "forbidden instruction fetch"},
};

static const char *cause_of(rt_uint32_t status)
{
    rt_size_t i;

    for (i = 0; i < sizeof causes / sizeof causes[0]; i++)
    {
        if (status & causes[i].bit)
            return causes[i].cause;
    }
    return "hard fault";
}

static void copy_registers(struct rttm_fault *fault, const struct exception_frame *frame,
                           const struct saved_registers *saved)
{
    int i;

    fault->registers[0] = frame->r0;
    fault->registers[1] = frame->r1;
    fault->registers[2] = frame->r2;
    fault->registers[3] = frame->r3;
    for (i = 0; i < 4; i++)
    {
        fault->registers[4 + i] = saved->r4_to_r7[i];
        fault->registers[8 + i] = saved->r8_to_r11[i];
    }
    fault->registers[12] = frame->r12;
    fault->registers[RTTM_FAULT_SP] = (rt_ubase_t)(frame + 1) + (frame->psr & PSR_ALIGNED ? 4 : 0);
    fault->registers[RTTM_FAULT_LR] = frame->lr;
    fault->registers[RTTM_FAULT_PC] = frame->pc;
}

static struct exception_frame *frame_at(rt_ubase_t stack_end)
{
    struct exception_frame *frame = (struct exception_frame *)stack_end - 1;

    *frame = (struct exception_frame){.pc = (rt_uint32_t)rttm_fault_end & ~1u, .psr = PSR_THUMB};
    return frame;
}

/* The frame with which the thread continues; RT_NULL if the kernel has to handle the fault. */
__attribute__((used)) static struct exception_frame *take_fault_frame(const struct exception_frame *frame,
                                                                      const struct saved_registers *saved)
{
    rt_uint32_t       status = FAULT_STATUS;
    struct rttm_fault fault = {.cause = cause_of(status), .has_registers = !(status & STACKING_FAILED)};
    rt_ubase_t        stack_end;

    if (fault.has_registers)
        copy_registers(&fault, frame, saved);
    fault.has_address = (status & (MEMORY_ADDRESS_VALID | BUS_ADDRESS_VALID)) != 0;
    if (fault.has_address)
        fault.address = status & MEMORY_ADDRESS_VALID ? MEMORY_ADDRESS : BUS_ADDRESS;
    stack_end = rttm_fault_take(&fault);
    if (stack_end == 0)
        return RT_NULL;
    FAULT_STATUS = status; /* written ones are cleared */
    HARD_FAULT_STATUS = HARD_FAULT_STATUS;
#ifdef __ARM_FP
    FLOATING_POINT_CONTEXT &= ~LAZY_STATE_PRESERVED;
#endif
    return frame_at(stack_end);
}

/* The linker puts this into the vector table. All its instructions exist on Armv6-M. */
void                        __wrap_HardFault_Handler(void);
__attribute__((naked)) void __wrap_HardFault_Handler(void)
{
    __asm volatile(".syntax unified              \n"
                   "mov   r0, lr                 \n"
                   "movs  r1, #4                 \n" /* EXC_RETURN: the frame is on the thread's stack */
                   "tst   r0, r1                 \n"
                   "beq   .Lkernel%=             \n"
                   "mrs   r0, psp                \n"
                   "push  {r3-r7, lr}            \n" /* r3 keeps the stack aligned to 8 */
                   "mov   r4, r8                 \n"
                   "mov   r5, r9                 \n"
                   "mov   r6, r10                \n"
                   "mov   r7, r11                \n"
                   "push  {r4-r7}                \n"
                   "mov   r1, sp                 \n"
                   "ldr   r2, =%c0               \n"
                   "blx   r2                     \n"
                   "pop   {r4-r7}                \n"
                   "mov   r8, r4                 \n"
                   "mov   r9, r5                 \n"
                   "mov   r10, r6                \n"
                   "mov   r11, r7                \n"
                   "pop   {r3-r7}                \n"
                   "pop   {r1}                   \n"
                   "mov   lr, r1                 \n"
                   "cmp   r0, #0                 \n"
                   "beq   .Lkernel%=             \n"
                   "msr   psp, r0                \n"
                   "movs  r0, #0x10              \n" /* EXC_RETURN: a frame without floating-point registers */
                   "orrs  r1, r0                 \n"
                   "bx    r1                     \n"
                   ".Lkernel%=:                  \n"
                   "ldr   r0, =__real_HardFault_Handler \n"
                   "bx    r0                     \n"
                   ".ltorg                       \n"
                   :
                   : "i"(take_fault_frame));
}

#endif
