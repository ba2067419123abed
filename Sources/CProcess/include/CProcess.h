// What Swift's Glibc module leaves out of starting a program on a terminal of its own.

#ifndef CPROCESS_H
#define CPROCESS_H

#include <spawn.h>
#include <stddef.h>

/// Opens a pseudo-terminal (posix_openpt, grantpt, unlockpt): its near end, closed on exec, and the
/// path of its far end. Returns 0, or an errno.
int cprocess_open_terminal(int *near_end, char *path, size_t size);

/// POSIX_SPAWN_SETSID, a GNU extension: the program leads a session of its own.
short cprocess_new_session(void);

/// Closes all descriptors from one on in the program (a GNU extension). Returns 0, or an errno.
int cprocess_close_from(posix_spawn_file_actions_t *, int first);

/// Begins the program in a folder (a GNU extension). Returns 0, or an errno.
int cprocess_begin_in(posix_spawn_file_actions_t *, const char *folder);

#endif
