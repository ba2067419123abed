// libunbound as Swift sees it: <unbound.h>, whose functions import as they stand.

#ifndef CUNBOUND_H
#define CUNBOUND_H

#include <unbound.h>

#endif
