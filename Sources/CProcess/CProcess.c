#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int cprocess_open_terminal(int *near_end, char *path, size_t size) {
  int descriptor = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  int error = 0;
  if (grantpt(descriptor) != 0 || unlockpt(descriptor) != 0) error = errno;
  if (error == 0) error = ptsname_r(descriptor, path, size);
  if (error != 0) {
    close(descriptor);
    return error;
  }
  *near_end = descriptor;
  return 0;
}

short cprocess_new_session(void) { return POSIX_SPAWN_SETSID; }

int cprocess_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int cprocess_begin_in(posix_spawn_file_actions_t *actions, const char *folder) {
  return posix_spawn_file_actions_addchdir_np(actions, folder);
}
