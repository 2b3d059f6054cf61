/* SPDX-License-Identifier: Apache-2.0 */
/* Tells return addresses from other words by the instruction before them. */
#include "return_address.h"

static rt_bool_t has_instruction_before(rt_ubase_t address, rt_ubase_t image, rt_size_t bytes)
{
    return address - image < bytes && address - 4 - image < bytes;
}

#ifdef __riscv

/* JAL or JALR that leaves the address in ra, or a short form: that of JAL is there with 32 bits only. */
rt_bool_t rttm_is_return_address(rt_ubase_t word, rt_ubase_t image, rt_size_t bytes)
{
    const rt_uint16_t *code = (const rt_uint16_t *)word;

    if (!has_instruction_before(word, image, bytes) || (word & 1))
        return RT_FALSE;
    if ((code[-1] & 0xF07F) == 0x9002 && (code[-1] & 0x0F80) != 0)
        return RT_TRUE;
#if __riscv_xlen == 32
    if ((code[-1] & 0xE003) == 0x2001)
        return RT_TRUE;
#endif
    return (code[-2] & 0x0FFF) == 0x00EF || (code[-2] & 0x0FFF) == 0x00E7;
}

#else

/* BL or BLX, of a label or of a register. The lowest bit of the address says whether it is Thumb code. */
rt_bool_t rttm_is_return_address(rt_ubase_t word, rt_ubase_t image, rt_size_t bytes)
{
    const rt_uint16_t *thumb = (const rt_uint16_t *)(word & ~(rt_ubase_t)1);
#if !defined(__ARM_ARCH_PROFILE) || __ARM_ARCH_PROFILE != 'M'
    rt_uint32_t        arm;
#endif

    if (!has_instruction_before(word, image, bytes))
        return RT_FALSE;
    if (word & 1)
    {
        return (thumb[-1] & 0xFF87) == 0x4780 || ((thumb[-2] & 0xF800) == 0xF000 && (thumb[-1] & 0xC000) == 0xC000);
    }
#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' /* it has no Arm code */
    return RT_FALSE;
#else
    if (word & 2)
        return RT_FALSE;
    arm = ((const rt_uint32_t *)word)[-1];
    return (arm & 0x0F000000) == 0x0B000000 || (arm & 0x0FFFFFF0) == 0x012FFF30;
#endif
}

#endif
