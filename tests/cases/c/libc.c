/* What stands in for the C library: each function once, at the edges of what it does. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int open(const char *path, int flags, ...);

static int failed;

static void is(int line, int right)
{
    if (!right)
    {
        printf("line %d\n", line);
        failed = 1;
    }
}

#define IS(right) is(__LINE__, right)

static void strings(void)
{
    char text[16] = "abcabc";
    char copy[16];

    IS(strlen(text) == 6 && strlen("") == 0);
    IS(strcmp(text, "abcabd") < 0 && strcmp("b", "a") > 0 && strcmp("", "") == 0);
    IS(strncmp(text, "abcx", 3) == 0 && strncmp("a", "b", 0) == 0);
    IS(strchr(text, 'b') == text + 1 && strchr(text, 'x') == NULL && strchr(text, '\0') == text + 6);
    IS(strrchr(text, 'b') == text + 4 && strrchr(text, 'x') == NULL);
    IS(strstr(text, "ca") == text + 2 && strstr(text, "cc") == NULL && strstr(text, "") == text);
    IS(strcmp(strcat(strcpy(copy, "x"), text), "xabcabc") == 0);
    memset(copy, 'x', sizeof copy);
    strncpy(copy, "ab", 4);
    IS(memcmp(copy, "ab\0\0x", 5) == 0);
    memmove(text + 1, text, 5);
    IS(memcmp(text, "aabcab", 6) == 0);
    memmove(text, text + 1, 5);
    IS(memcmp(text, "abcab", 5) == 0);
    IS(memchr(text, 'c', 6) == text + 2 && memchr(text, 'c', 2) == NULL);
    IS(memcmp("\x80", "\x7f", 1) > 0);
}

static void numbers(void)
{
    static const char *volatile format = "%s"; /* no compiler looks through it */

    char  text[16];
    char *end;

    IS(atoi(" -42x") == -42 && strtol("0x1fg", &end, 0) == 0x1f && *end == 'g');
    IS(snprintf(text, sizeof text, "%d %s", -5, "five") == 7 && strcmp(text, "-5 five") == 0);
    snprintf(text, 4, format, "abcdef");
    IS(strcmp(text, "abc") == 0);
    sprintf(text, "%x", 0xfeu);
    IS(strcmp(text, "fe") == 0);
}

static void heap(void)
{
    static volatile size_t too_many = (size_t)-1;

    char *block = calloc(4, 5);
    int   i, sum = 0;

    for (i = 0; i < 20; i++)
        sum += block[i];
    IS(sum == 0);
    memset(block, 7, 20);
    block = realloc(block, 400);
    IS(block != NULL && block[0] == 7 && block[19] == 7);
    free(block);
    free(NULL);
    IS(malloc(too_many) == NULL && calloc(too_many / 2, 4) == NULL);
    IS(malloc(100) != NULL); /* left behind: the kernel takes it back */
}

static void failures(void)
{
    IS(open("/nowhere", 0) < 0);
    IS(errno != 0);
}

static void last(void)
{
    puts(failed ? "failed" : "all is as in the C library");
}

int main(void)
{
    atexit(last);
    strings();
    numbers();
    heap();
    failures();
    return failed;
}
