/* SPDX-License-Identifier: Apache-2.0 */
/* Reads readings of sensors from a JSON text. */
#include "k.h"

static const char text[] =
    "{ \"site\": \"roof\", \"readings\": ["
    "{ \"id\": 3, \"celsius\": -12, \"ok\": true }, { \"id\": 4, \"celsius\": 31, \"ok\": false },"
    "{ \"id\": 7, \"celsius\": 18, \"ok\": true, \"note\": \"new \\\"head\\\"\" },"
    "{ \"id\": 9, \"celsius\": 22, \"ok\": true, \"raw\": [1, 2, [3, 4], {}] } ] }";

struct reader
{
    const char *at;
};

struct total
{
    int count, sum, last;
};

static void blanks(struct reader *r)
{
    while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
        r->at++;
}

static int accept(struct reader *r, char c)
{
    blanks(r);
    if (*r->at != c)
        return 0;
    r->at++;
    return 1;
}

static int word(struct reader *r, const char *w)
{
    const char *p = r->at;
    while (*w)
        if (*p++ != *w++)
            return 0;
    r->at = p;
    return 1;
}

static int string(struct reader *r, const char **start, int *length)
{
    if (!accept(r, '"'))
        return 0;
    *start = r->at;
    while (*r->at && *r->at != '"')
        r->at += r->at[0] == '\\' && r->at[1] ? 2 : 1;
    *length = (int)(r->at - *start);
    return accept(r, '"');
}

static int number(struct reader *r, int *value)
{
    blanks(r);
    int sign = *r->at == '-' ? -1 : 1, n = 0;
    if (sign < 0)
        r->at++;
    if (*r->at < '0' || *r->at > '9')
        return 0;
    while (*r->at >= '0' && *r->at <= '9')
        n = n * 10 + (*r->at++ - '0');
    *value = sign * n;
    return 1;
}

static int is(const char *start, int length, const char *name)
{
    int i = 0;
    while (i < length && name[i] == start[i])
        i++;
    return i == length && name[i] == 0;
}

static int skip(struct reader *r);

static int members(struct reader *r, char open, char close, int (*each)(struct reader *, void *), void *context)
{
    if (!accept(r, open))
        return 0;
    if (accept(r, close))
        return 1;
    do
    {
        if (!each(r, context))
            return 0;
    } while (accept(r, ','));
    return accept(r, close);
}

static int skip_element(struct reader *r, void *context)
{
    (void)context;
    return skip(r);
}

static int skip_member(struct reader *r, void *context)
{
    const char *key;
    int         length;
    (void)context;
    return string(r, &key, &length) && accept(r, ':') && skip(r);
}

static int skip(struct reader *r)
{
    const char *start;
    int         n;
    blanks(r);
    switch (*r->at)
    {
    case '{':
        return members(r, '{', '}', skip_member, NULL);
    case '[':
        return members(r, '[', ']', skip_element, NULL);
    case '"':
        return string(r, &start, &n);
    case 't':
        return word(r, "true");
    case 'f':
        return word(r, "false");
    case 'n':
        return word(r, "null");
    default:
        return number(r, &n);
    }
}

struct reading
{
    int id, celsius, ok;
};

static int reading_member(struct reader *r, void *context)
{
    struct reading *reading = context;
    const char     *key;
    int             length;
    if (!string(r, &key, &length) || !accept(r, ':'))
        return 0;
    if (is(key, length, "id"))
        return number(r, &reading->id);
    if (is(key, length, "celsius"))
        return number(r, &reading->celsius);
    if (is(key, length, "ok"))
    {
        blanks(r);
        reading->ok = *r->at == 't';
        return word(r, reading->ok ? "true" : "false");
    }
    return skip(r);
}

static int reading(struct reader *r, void *context)
{
    struct total  *total = context;
    struct reading it = {0, 0, 0};
    if (!members(r, '{', '}', reading_member, &it))
        return 0;
    if (it.ok)
    {
        total->count++;
        total->sum += it.celsius;
        total->last = it.id;
    }
    return 1;
}

static int document_member(struct reader *r, void *context)
{
    const char *key;
    int         length;
    if (!string(r, &key, &length) || !accept(r, ':'))
        return 0;
    if (is(key, length, "readings"))
        return members(r, '[', ']', reading, context);
    return skip(r);
}

int main(void)
{
    MARK;
    struct total total = {0, 0, 0};
    for (int i = 0; i < 20; i++)
    {
        struct reader r = {text};
        if (!members(&r, '{', '}', document_member, &total))
        {
            rt_kprintf("wrong at %d\n", (int)(r.at - text));
            return 1;
        }
    }
    rt_kprintf("%d readings, %d degrees, the last of %d\n", total.count, total.sum, total.last);
    MARK;
    return 0;
}
