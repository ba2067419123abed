// libssh as Swift sees it: nothing of it needs a shim.

#ifndef CLIBSSH_H
#define CLIBSSH_H

#include <libssh/libssh.h>
#include <libssh/server.h>
#include <libssh/callbacks.h>

#endif
