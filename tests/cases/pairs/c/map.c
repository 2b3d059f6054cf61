/* SPDX-License-Identifier: Apache-2.0 */
/* Counts the words of a text in a map. */
#include "k.h"

static const char text[] = "the module is loaded by name and the kernel runs the module until the module ends "
                           "then the memory of the module is freed and the name is free for the next module";

struct word
{
    struct word *next;
    const char  *start;
    int          length, count;
};

#define BUCKETS 16

static unsigned hash(const char *s, int n)
{
    unsigned h = 2166136261u;
    for (int i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h;
}

static struct word *find(struct word **buckets, const char *s, int n)
{
    struct word **at = &buckets[hash(s, n) % BUCKETS];
    for (; *at; at = &(*at)->next)
        if ((*at)->length == n && memcmp((*at)->start, s, n) == 0)
            return *at;
    struct word *word = rt_malloc(sizeof *word);
    if (!word)
        return NULL;
    word->next = NULL;
    word->start = s;
    word->length = n;
    word->count = 0;
    return *at = word;
}

static int count(void)
{
    struct word *buckets[BUCKETS] = {0};
    const char  *at = text;
    while (*at)
    {
        int n = 0;
        while (at[n] && at[n] != ' ')
            n++;
        struct word *word = find(buckets, at, n);
        if (!word)
            return -1;
        word->count++;
        at += n;
        if (*at)
            at++;
    }
    int words = 0, most = 0;
    for (int i = 0; i < BUCKETS; i++)
        while (buckets[i])
        {
            struct word *word = buckets[i];
            buckets[i] = word->next;
            words++;
            if (word->count > most)
                most = word->count;
            rt_free(word);
        }
    return words * 100 + most;
}

int main(void)
{
    MARK;
    int found = 0;
    for (int i = 0; i < 10; i++)
        found = count();
    if (found < 0)
        return 1;
    rt_kprintf("%d words, one %d times\n", found / 100, found % 100);
    MARK;
    return 0;
}
