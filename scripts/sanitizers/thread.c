// What Thread Sanitizer is told.

#include "common.h"

#include <sanitizer/tsan_interface.h>
#include <stdbool.h>
#include <stdint.h>

const char *__tsan_default_options(void) { return "log_path=" REPORTS "/thread"; }

const char *__tsan_default_suppressions(void) {
  static const char text[] = {
#embed "races.supp" suffix(, )
      0};
  return text;
}

// Synchronization.Mutex takes and leaves a free lock by an atomic operation that is compiled into
// its user, where the sanitizer sees it. Where threads meet, it calls one of three functions of
// libswiftSynchronization, where the sanitizer does not look. They stand before the library's own
// here and tell it, by the address that the atomic operations have too.
#define MUTEX "$s15Synchronization12_MutexHandleV"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *lock

SWIFT void lockSlow(uint32_t thread, SELF) __asm__(MUTEX "9_lockSlowyys6UInt32VF");
SWIFT bool tryLockSlow(SELF) __asm__(MUTEX "12_tryLockSlowSbyF");
SWIFT void unlockSlow(SELF) __asm__(MUTEX "11_unlockSlowyyF");

SWIFT void lockSlow(uint32_t thread, SELF) {
  static SWIFT void (*next)(uint32_t, SELF);
  if (!next) next = dlsym(RTLD_NEXT, MUTEX "9_lockSlowyys6UInt32VF");
  next(thread, lock);
  __tsan_acquire(lock);
}

SWIFT bool tryLockSlow(SELF) {
  static SWIFT bool (*next)(SELF);
  if (!next) next = dlsym(RTLD_NEXT, MUTEX "12_tryLockSlowSbyF");
  bool isTaken = next(lock);
  if (isTaken) __tsan_acquire(lock);
  return isTaken;
}

SWIFT void unlockSlow(SELF) {
  static SWIFT void (*next)(SELF);
  if (!next) next = dlsym(RTLD_NEXT, MUTEX "11_unlockSlowyyF");
  __tsan_release(lock);
  next(lock);
}
