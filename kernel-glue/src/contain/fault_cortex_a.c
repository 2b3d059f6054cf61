/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults on Cortex-A. RT-Thread's port calls `rt_hw_trap_undef`, `rt_hw_trap_pabt` and `rt_hw_trap_dabt` from its
 * vectors, and has no hook, so they are linked with `--wrap`. The thread continues from here: the vector only returns to
 * repeat the instruction.
 */
#include <rtthread.h>

#include "fault.h"
#include "../port/groups.h"

#if defined(RTT_MOD_USING_FAULTS) && defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'A' && defined(__arm__)

/* The frame that the vectors push: `struct rt_hw_exp_stack` of the port. */
struct exception_frame
{
    rt_uint32_t r0_to_r12[13];
    rt_uint32_t sp;
    rt_uint32_t lr;
    rt_uint32_t
        pc; /* lr of the exception's mode, which is behind the instruction by a different offset for each exception */
    rt_uint32_t cpsr;
};

#define CPSR_MODE  0x1Fu
#define CPSR_THUMB 0x20u

#define MODE_SUPERVISOR 0x13u /* threads */
#define MODE_ABORT      0x17u
#define MODE_UNDEFINED  0x1Bu

/* The linker replaces the vectors' calls by __wrap_, and calls the port's own functions by __real_. */
void __wrap_rt_hw_trap_undef(struct exception_frame *frame);
void __real_rt_hw_trap_undef(struct exception_frame *frame);
void __wrap_rt_hw_trap_pabt(struct exception_frame *frame);
void __real_rt_hw_trap_pabt(struct exception_frame *frame);
void __wrap_rt_hw_trap_dabt(struct exception_frame *frame);
void __real_rt_hw_trap_dabt(struct exception_frame *frame);

/* Continues in rttm_fault_end on the stack that ends at `stack_end`, and empties the stack of the exception's `mode`. */
#define GO_ON(mode, frame, stack_end)                                                                            \
    __asm volatile("cps %0\n mov sp, %1\n cps %2\n mov sp, %3\n cpsie ai\n bx %4" ::"i"(mode), "r"((frame) + 1), \
                   "i"(MODE_SUPERVISOR), "r"(stack_end), "r"(rttm_fault_end)                                     \
                   : "memory")

/* The end of the stack to continue on; 0 if the kernel has to handle the fault. */
static rt_ubase_t take_fault(const struct exception_frame *frame, const char *cause, rt_uint32_t behind,
                             const rt_uint32_t *address)
{
    struct rttm_fault fault = {.cause = cause, .has_registers = RT_TRUE, .has_address = address != RT_NULL};

    if ((frame->cpsr & CPSR_MODE) != MODE_SUPERVISOR)
        return 0;
    rt_memcpy(fault.registers, frame->r0_to_r12, sizeof frame->r0_to_r12);
    fault.registers[RTTM_FAULT_SP] = frame->sp;
    fault.registers[RTTM_FAULT_LR] = frame->lr;
    fault.registers[RTTM_FAULT_PC] = frame->pc - behind;
    if (address != RT_NULL)
        fault.address = *address;
    return rttm_fault_take(&fault);
}

/* Architecture Reference Manual Armv7-A, B1.8.3: how far behind the instruction the exception returns. */
#define BEHIND_UNDEFINED_ARM   4u
#define BEHIND_UNDEFINED_THUMB 2u
#define BEHIND_PREFETCH_ABORT  4u
#define BEHIND_DATA_ABORT      8u

#ifdef RT_USING_FPU

#define FPEXC_ON (1u << 30)

static rt_uint32_t instruction_of(const struct exception_frame *frame)
{
    const rt_uint16_t *thumb = (const rt_uint16_t *)(frame->pc - BEHIND_UNDEFINED_THUMB);

    if (frame->cpsr & CPSR_THUMB)
        return (rt_uint32_t)thumb[0] << 16 | thumb[1];
    return *(const rt_uint32_t *)(frame->pc - BEHIND_UNDEFINED_ARM);
}

/* Whether this is the first floating-point instruction of a thread, for which the kernel switches the unit on. */
static rt_bool_t is_for_the_kernel(const struct exception_frame *frame)
{
    rt_uint32_t fpexc;

    __asm volatile("mrc p10, 7, %0, c8, c0, 0" : "=r"(fpexc));
    return (fpexc & FPEXC_ON) == 0 && (instruction_of(frame) & 0xE00) == 0xA00; /* coprocessor 10 or 11 */
}

#else

static rt_bool_t is_for_the_kernel(const struct exception_frame *frame)
{
    (void)frame;
    return RT_FALSE;
}

#endif

void __wrap_rt_hw_trap_undef(struct exception_frame *frame)
{
    rt_uint32_t behind = frame->cpsr & CPSR_THUMB ? BEHIND_UNDEFINED_THUMB : BEHIND_UNDEFINED_ARM;
    rt_ubase_t  stack_end = 0;

    if (!is_for_the_kernel(frame))
        stack_end = take_fault(frame, "undefined instruction", behind, RT_NULL);
    if (stack_end != 0)
        GO_ON(MODE_UNDEFINED, frame, stack_end);
    __real_rt_hw_trap_undef(frame);
}

void __wrap_rt_hw_trap_pabt(struct exception_frame *frame)
{
    rt_ubase_t stack_end = take_fault(frame, "forbidden instruction fetch", BEHIND_PREFETCH_ABORT, RT_NULL);

    if (stack_end != 0)
        GO_ON(MODE_ABORT, frame, stack_end);
    __real_rt_hw_trap_pabt(frame);
}

void __wrap_rt_hw_trap_dabt(struct exception_frame *frame)
{
    rt_uint32_t address;
    rt_ubase_t  stack_end;

    __asm volatile("mrc p15, 0, %0, c6, c0, 0" : "=r"(address)); /* DFAR */
    stack_end = take_fault(frame, "forbidden data access", BEHIND_DATA_ABORT, &address);
    if (stack_end != 0)
        GO_ON(MODE_ABORT, frame, stack_end);
    __real_rt_hw_trap_dabt(frame);
}

#endif
