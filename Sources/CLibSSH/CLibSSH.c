#include "CLibSSH.h"
