# SPDX-License-Identifier: Apache-2.0
"""The kernel's functions in whose place the glue's are linked."""

from . import Refused


def functions(has):
    """Their names, where `has` gives the value of a symbol of Kconfig's: true of one that is on and has no other."""
    def chosen(group, kernel):
        # As src/port/groups.h: what is chosen in Kconfig, or, in a configuration that is written by hand, what `kernel` has.
        return has(group) if has('RTT_MOD_CHOOSES_GROUPS') else kernel
    has_msh = has('FINSH_USING_MSH') or has('RT_USING_MSH')

    # Calls of the kernel's loader, from MSH and dlopen, go to src/module/exec.c; those that unload, to src/module/library.c; lines
    # that are typed, to src/msh/shell.c.
    has_modules = has('RT_USING_MODULE')
    names = ['dlmodule_load', 'dlmodule_exec', 'dlmodule_destroy'] if has_modules else []
    if chosen('RTT_MOD_USING_SHELL', has_msh):
        names += ['msh_exec']
    if chosen('RTT_MOD_USING_COMPLETION', has_msh):
        names += ['msh_auto_complete']
    # src/module/exports.c
    if chosen('RTT_MOD_USING_LOOKUP', has_modules):
        names += ['dlmodule_symbol_find']
    # src/abi/stand_in_heap.c
    if chosen('RTT_MOD_USING_C_MODULES', has_modules):
        names += ['rt_free']
    # src/module/scan.c
    if has('RTT_MOD_USING_SCAN'):
        names += ['rt_system_heap_init']
    # src/port/cache.c
    if has_modules and has('RT_USING_CACHE'):
        names += ['rt_hw_cpu_icache_ops']
    # src/contain/assertion.c
    if chosen('RTT_MOD_USING_FAULTS', True):
        names += ['rt_assert_handler']
    # src/contain/fault_cortex_m.c, src/contain/fault_cortex_a.c
    if chosen('RTT_MOD_USING_FAULTS', True) and has('ARCH_ARM_CORTEX_M'):
        names += ['HardFault_Handler']
    if chosen('RTT_MOD_USING_FAULTS', True) and has('ARCH_ARM_CORTEX_A'):
        names += ['rt_hw_trap_undef', 'rt_hw_trap_pabt', 'rt_hw_trap_dabt']
    # src/contain/fault_riscv.c: other ports of 5.x have traps of their own, and so have those of 32 bits.
    is_of_4_0 = int(str(has('RT_VER_NUM') or 0), 0) < 0x40100
    is_of_k210 = is_of_4_0 and has('ARCH_CPU_64BIT') or has('RTT_MOD_PORT_OF_K210')
    has_handle_trap = has('ARCH_RISCV') and (is_of_k210 or has('RTT_MOD_PORT_OF_VIRT64'))
    if chosen('RTT_MOD_USING_FAULTS', True) and has_handle_trap:
        names += ['handle_trap']
    # src/contain/stack_riscv.c
    if has('ARCH_RISCV'):
        names += ['rt_hw_stack_init']
    # src/contain/stack_check.c
    has_check = has_handle_trap or any(has('ARCH_ARM_CORTEX_' + core) for core in ('M3', 'M4', 'M7', 'A'))
    if has('RTT_MOD_USING_STACK_GUARD') and has_check:
        names += ['rt_hw_context_switch', 'rt_hw_context_switch_interrupt']
    return names


def flags(rtconfig, has):
    """What GNU ld is told of them, and LLVM's."""
    if rtconfig.PLATFORM not in ('gcc', 'llvm-arm'):
        raise Refused('rtt-mod: the linker of {} has no --wrap, which the package needs; build with GCC (RTT_CC=gcc), or switch '
                      'PKG_USING_RTT_MOD off'.format(rtconfig.PLATFORM))
    return ''.join(' -Wl,--wrap=' + name for name in functions(has))
