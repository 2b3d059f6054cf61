/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Constructors and destructors: the functions in `.init_array` and `.fini_array` of a module in C or C++.
 *
 * Those of a program run on its main thread, around `main`: its stack is guarded, and it can be killed. Those of a library
 * and of a resident module, which have no such thread, run on a thread for the call; their destructors as their
 * `module_cleanup` does.
 */
#ifndef RTTM_CONSTRUCTORS_H
#define RTTM_CONSTRUCTORS_H

#include "functions.h"
#include "record.h"

#ifdef RTT_MOD_USING_CONSTRUCTORS

/* Keeps what `module` has, until they are called. RT_FALSE without memory. */
rt_bool_t rttm_constructors_keep(struct rttm_module *module, struct rttm_functions constructors,
                                 struct rttm_functions destructors);

/* Whether there is anything to call. */
rt_inline rt_bool_t rttm_has_constructors(const struct rttm_module *module)
{
    return module->construction != RT_NULL;
}

/* Calls the constructors, from the first to the last. In code that is contained. */
void rttm_construct(struct rttm_module *module);

/* Calls the destructors, from the last to the first, once, and only if all constructors have returned. */
void rttm_destruct(struct rttm_module *module);

/* Calls the destructors of the program whose thread it is that calls `exit`, unless a callback does so. */
void rttm_destruct_at_exit(void);

#else /* a module that has any is refused */

rt_inline rt_bool_t rttm_constructors_keep(struct rttm_module *module, struct rttm_functions constructors,
                                           struct rttm_functions destructors)
{
    (void)module;
    (void)constructors;
    (void)destructors;
    return RT_TRUE;
}

rt_inline rt_bool_t rttm_has_constructors(const struct rttm_module *module)
{
    (void)module;
    return RT_FALSE;
}

rt_inline void rttm_construct(struct rttm_module *module)
{
    (void)module;
}

rt_inline void rttm_destruct(struct rttm_module *module)
{
    (void)module;
}

rt_inline void rttm_destruct_at_exit(void)
{
}

#endif /* RTT_MOD_USING_CONSTRUCTORS */

#endif /* RTTM_CONSTRUCTORS_H */
