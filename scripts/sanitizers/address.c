// What Address Sanitizer and its Leak Sanitizer are told.

#include "common.h"

#include <stdio.h>

const char *__asan_default_options(void) {
  return "detect_leaks=1:print_suppressions=0:print_cmdline=1:log_path=" REPORTS "/address";
}

const char *__lsan_default_suppressions(void) {
  static const char text[] = {
#embed "leaks.supp" suffix(, )
      0};
  return text;
}

// Leak Sanitizer stops the process's threads with ptrace(2), which fails where a tracer is already:
// some tests run the program under strace.
int __lsan_is_turned_off(void) {
  int tracer = 0;
  FILE *status = fopen("/proc/self/status", "r");
  if (!status) return 0;
  char line[256];
  while (fgets(line, sizeof line, status))
    if (sscanf(line, "TracerPid: %d", &tracer) == 1) break;
  fclose(status);
  return tracer != 0;
}
