// What both sanitizers' runtimes are told, linked into every sanitized program: so children have it
// whatever environment they are given.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/resource.h>

#ifndef REPORTS
#error "REPORTS is the folder of the reports"
#endif

// The shadow of the memory counts as data (setrlimit(2), RLIMIT_DATA): under a limit of a size that
// means something, no sanitized program could map anything more.
int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) {
  if (resource == RLIMIT_DATA) return 0;
  int (*next)(__rlimit_resource_t, const struct rlimit *) = dlsym(RTLD_NEXT, "setrlimit");
  return next(resource, limit);
}
