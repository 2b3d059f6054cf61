/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes of stack that calls of the kernel need, and that a thread needs at least: a part of stack.toml, written by
 * `UPDATE_STACK_NEEDS=1 cargo test -p rtt-mkmod --lib needs_of_the_glue`.
 */
#ifndef RTTM_STACK_NEEDS_H
#define RTTM_STACK_NEEDS_H

#if defined(__riscv) && __riscv_xlen == 32
#define RTTM_STACK_NEED_NEW     400u
#define RTTM_STACK_NEED_WAIT    352u
#define RTTM_STACK_NEED_FILE    1056u
#define RTTM_STACK_NEED_LIBRARY 1936u
#ifndef __OPTIMIZE__
#define RTTM_STACK_UNOPTIMIZED 1536u
#endif
#if defined(__ARM_PCS_VFP) || defined(__riscv_flen)
#define RTTM_STACK_BYTES_MIN 704u
#else
#define RTTM_STACK_BYTES_MIN 512u
#endif

#elif defined(__riscv)
#define RTTM_STACK_NEED_NEW     640u
#define RTTM_STACK_NEED_WAIT    576u
#define RTTM_STACK_NEED_FILE    1560u
#define RTTM_STACK_NEED_LIBRARY 3168u
#ifndef __OPTIMIZE__
#define RTTM_STACK_UNOPTIMIZED 3072u
#endif
#if defined(__ARM_PCS_VFP) || defined(__riscv_flen)
#define RTTM_STACK_BYTES_MIN 1152u
#else
#define RTTM_STACK_BYTES_MIN 832u
#endif

#elif defined(__thumb__)
#define RTTM_STACK_NEED_NEW     392u
#define RTTM_STACK_NEED_WAIT    272u
#define RTTM_STACK_NEED_FILE    1000u
#define RTTM_STACK_NEED_LIBRARY 1936u
#ifndef __OPTIMIZE__
#define RTTM_STACK_UNOPTIMIZED 768u
#endif
#if defined(__ARM_PCS_VFP) || defined(__riscv_flen)
#define RTTM_STACK_BYTES_MIN 704u
#else
#define RTTM_STACK_BYTES_MIN 512u
#endif

#else
#define RTTM_STACK_NEED_NEW     392u
#define RTTM_STACK_NEED_WAIT    272u
#define RTTM_STACK_NEED_FILE    1320u
#define RTTM_STACK_NEED_LIBRARY 2136u
#ifndef __OPTIMIZE__
#define RTTM_STACK_UNOPTIMIZED 1536u
#endif
#if defined(__ARM_PCS_VFP) || defined(__riscv_flen)
#define RTTM_STACK_BYTES_MIN 832u
#else
#define RTTM_STACK_BYTES_MIN 512u
#endif
#endif

/* What every stack of a module has in addition, where the kernel's frames are those of a build for debugging. */
#ifndef RTTM_STACK_UNOPTIMIZED
#define RTTM_STACK_UNOPTIMIZED 0u
#endif

#endif /* RTTM_STACK_NEEDS_H */
