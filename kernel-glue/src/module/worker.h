/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The worker: the glue's own thread, for what must not be done where it is asked for. It ends modules, closes handles for
 * callers that may not wait, frees stacks, and calls the callbacks of soft timers.
 */
#ifndef RTTM_WORKER_H
#define RTTM_WORKER_H

#include <rtthread.h>

/* A piece of work; part of what it works on. */
struct rttm_work
{
    struct rttm_work *next; /* RT_NULL: it is not queued */
    void (*run)(struct rttm_work *work);
};

/* Makes the worker, before the first module runs. */
void rttm_worker_start(void);

/* Has the worker call `work->run(work)` once, even if it is posted again before that. From anywhere; allocates nothing. */
void rttm_worker_post(struct rttm_work *work);

/* Takes `work` out of the queue, if it is there. The worker may be running it. */
void rttm_worker_cancel(struct rttm_work *work);

/* Whether the caller runs in the worker. */
rt_bool_t rttm_in_worker(void);

rt_thread_t rttm_worker_thread(void);

#endif /* RTTM_WORKER_H */
