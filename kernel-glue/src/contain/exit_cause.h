/* SPDX-License-Identifier: Apache-2.0 */
/* Why a module has ended, or has never begun. */
#ifndef RTTM_EXIT_CAUSE_H
#define RTTM_EXIT_CAUSE_H

enum rttm_exit_cause
{
    RTTM_CAUSE_RETURN, /* its `main` returned */
    RTTM_CAUSE_EXIT,   /* it called rttm_exit */
    RTTM_CAUSE_PANIC,
    RTTM_CAUSE_FAULT,    /* of the processor */
    RTTM_CAUSE_OVERFLOW, /* of a stack */
    RTTM_CAUSE_KILL,     /* `mod kill` */
    RTTM_CAUSE_UNLOAD,   /* `mod unload` */
    RTTM_CAUSE_INIT,     /* its `init` failed */
    RTTM_CAUSE_REFUSAL,  /* it was not loaded */
};

#endif /* RTTM_EXIT_CAUSE_H */
