/* SPDX-License-Identifier: Apache-2.0 */
/* What a module has told of itself beyond its stack and its priority: the later fields of struct rttm_app. */
#ifndef RTTM_APP_H
#define RTTM_APP_H

#include "../port/groups.h"
#include "kernel_module.h"
#include "rtt_mod.h"

#if defined(RTT_MOD_USING_RESIDENT) || defined(RTT_MOD_USING_COMMAND)

/* Remembers what `module` tells, until its resources are given back. RT_FALSE when it can't. */
rt_bool_t rttm_app_remember(struct rt_dlmodule *module, const struct rttm_app *app);

/* Why it can't. */
#define RTTM_APP_NOT_REMEMBERED "no memory to remember what it says of itself"

/* Whether `module` stays once it is loaded, and does not end yet. */
rt_bool_t rttm_is_resident(const struct rt_dlmodule *module);

/* What is called once `module` is loaded, or RT_NULL. */
int32_t (*rttm_app_init(const struct rt_dlmodule *module))(void);

/* Copies the description of `module`, or as many whole characters as fit, with a NUL. Call it in a critical section. */
void rttm_app_description(const struct rt_dlmodule *module, char *text, rt_size_t capacity);

#else /* nobody asks for a description, and none stays */

#define RTTM_APP_NOT_REMEMBERED "is a resident module: turn on RTT_MOD_USING_RESIDENT"

rt_inline rt_bool_t rttm_app_remember(struct rt_dlmodule *module, const struct rttm_app *app)
{
    (void)module;
    return app->size < sizeof *app || app->init == RT_NULL;
}

rt_inline rt_bool_t rttm_is_resident(const struct rt_dlmodule *module)
{
    (void)module;
    return RT_FALSE;
}

#endif

#endif /* RTTM_APP_H */
