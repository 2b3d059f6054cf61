/*
 * Counts how often each word is among the arguments: a program in C that uses the module ABI and a little of the C library.
 *
 *     mkmod cc --kernel kernel.syms -Os words.c -o words.mo
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rttm_module.h>

RTTM_PROGRAM(2048, RTTM_PRIORITY_DEFAULT)

struct word
{
    struct word *next;
    unsigned     count;
    char         text[];
};

/* The word `text` in the list, or NULL. */
static struct word *find(struct word *words, const char *text)
{
    while (words != NULL && strcmp(words->text, text) != 0)
        words = words->next;
    return words;
}

static struct word *add(struct word **words, const char *text)
{
    struct word *word = malloc(sizeof *word + strlen(text) + 1);

    if (word == NULL)
        return NULL;
    word->next = *words;
    word->count = 0;
    strcpy(word->text, text);
    *words = word;
    return word;
}

int main(int argc, char **argv)
{
    struct word *words = NULL;
    struct word *word;
    char         line[48];
    int          i;

    for (i = 1; i < argc; i++)
    {
        word = find(words, argv[i]);
        if (word == NULL)
            word = add(&words, argv[i]);
        if (word == NULL)
            return 1;
        word->count++;
    }
    for (word = words; word != NULL; word = word->next)
    {
        snprintf(line, sizeof line, "%4u %s", word->count, word->text);
        puts(line);
    }
    return 0; /* the kernel takes the list back */
}
